with

audience_members as (

    select * from {{ ref('audience_members') }}

),

person_redirects as (

    select * from {{ ref('person_redirects') }}

),

current_run as (

    select * from {{ ref('stg_onefold__current_run') }}

),

former_stays as (

    {{ previous_rows('audience_stays', {
        'audience': 'text',
        'person_id': 'text',
        'entered_run_id': 'text',
        'left_run_id': 'text',
        'was_deliverable': 'boolean',
        'entered_at': 'timestamp',
        'left_at': 'timestamp',
    }) }}

),

renamed_stays as (

    select
        former_stays.audience,
        coalesce(person_redirects.person_id, former_stays.person_id) as person_id,
        former_stays.entered_run_id,
        former_stays.left_run_id,

        former_stays.was_deliverable,

        former_stays.entered_at,
        former_stays.left_at

    from former_stays

    left outer join person_redirects
        on former_stays.person_id = person_redirects.former_person_id

),

{# Of joined people both may have been in: they have been since the first of them came. #}
open_stays as (

    select
        audience,
        person_id,

        min(entered_run_id) as entered_run_id,

        {{ dbt.bool_or('was_deliverable') }} as was_deliverable,

        min(entered_at) as entered_at

    from renamed_stays

    where left_at is null

    group by 1, 2

),

closed_stays as (

    select
        audience,
        person_id,
        min(entered_run_id) as entered_run_id,
        max(left_run_id) as left_run_id,

        {{ dbt.bool_or('was_deliverable') }} as was_deliverable,

        entered_at,
        max(left_at) as left_at

    from renamed_stays

    where left_at is not null

    group by 1, 2, 6

),

continued_stays as (

    select
        coalesce(audience_members.audience, open_stays.audience) as audience,
        coalesce(audience_members.person_id, open_stays.person_id) as person_id,
        case
            when open_stays.person_id is not null then open_stays.entered_run_id
            when audience_members.entered_at = current_run.run_at then current_run.run_id
        end as entered_run_id,
        case when audience_members.person_id is null then current_run.run_id end as left_run_id,

        coalesce(open_stays.was_deliverable, false)
        or coalesce(audience_members.is_deliverable, false) as was_deliverable,

        coalesce(open_stays.entered_at, audience_members.entered_at) as entered_at,
        case when audience_members.person_id is null then current_run.run_at end as left_at

    from open_stays

    full outer join audience_members
        on open_stays.audience = audience_members.audience
        and open_stays.person_id = audience_members.person_id

    cross join current_run

),

{# Who left and came back in two builds of the same moment has not left. #}
audience_stays as (

    select * from continued_stays

    union all

    select
        closed_stays.audience,
        closed_stays.person_id,
        closed_stays.entered_run_id,
        closed_stays.left_run_id,

        closed_stays.was_deliverable,

        closed_stays.entered_at,
        closed_stays.left_at

    from closed_stays

    left outer join continued_stays
        on closed_stays.audience = continued_stays.audience
        and closed_stays.person_id = continued_stays.person_id
        and closed_stays.entered_at = continued_stays.entered_at

    where continued_stays.person_id is null

)

select * from audience_stays
