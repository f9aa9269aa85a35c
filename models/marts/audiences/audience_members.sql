with

audience_candidates as (

    select * from {{ ref('audience_candidates') }}

),

person_redirects as (

    select * from {{ ref('person_redirects') }}

),

current_run as (

    select * from {{ ref('stg_onefold__current_run') }}

),

former_members as (

    {{ previous_rows('audience_members', {
        'audience': 'text',
        'person_id': 'text',
        'entered_at': 'timestamp',
    }) }}

),

{# Whoever was joined with a member has been in since that member came. #}
former_entries as (

    select
        former_members.audience,
        coalesce(person_redirects.person_id, former_members.person_id) as person_id,

        min(former_members.entered_at) as entered_at

    from former_members

    left outer join person_redirects
        on former_members.person_id = person_redirects.former_person_id

    group by 1, 2

),

audience_members as (

    select
        audience_candidates.audience,
        audience_candidates.person_id,

        audience_candidates.is_holdout,
        audience_candidates.is_contactable
        and audience_candidates.is_consented
        and not audience_candidates.is_suppressed
        and not audience_candidates.is_holdout
        and audience_candidates.is_in_priority as is_deliverable,

        coalesce(former_entries.entered_at, current_run.run_at) as entered_at

    from audience_candidates

    cross join current_run

    left outer join former_entries
        on audience_candidates.audience = former_entries.audience
        and audience_candidates.person_id = former_entries.person_id

)

select * from audience_members
