with

audience_candidates as (

    select * from {{ ref('audience_candidates') }}

),

audience_stays as (

    select * from {{ ref('audience_stays') }}

),

delivered_state as (

    select * from {{ ref('delivered_state') }}

),

key_holders as (

    select * from {{ ref('key_holders') }}

    where is_current

),

person_redirects as (

    select * from {{ ref('person_redirects') }}

),

current_run as (

    select * from {{ ref('stg_onefold__current_run') }}

),

{# An audience without anybody is shown with zeros. #}
declared_audiences as (

    {{ declared_audiences() }}

),

audience_syncs as (

    {% for declared in audience_syncs() %}
        select
            '{{ declared.sync }}' as sync,
            '{{ declared.audience }}' as audience

        union all

    {% endfor %}
    select
        cast(null as {{ dbt.type_string() }}) as sync,
        cast(null as {{ dbt.type_string() }}) as audience

),

{# Each step of the way counts those who came through all steps before it. #}
steps as (

    select
        audience,

        is_contactable,
        is_contactable and is_consented as is_permitted,
        is_contactable and is_consented and not is_suppressed as is_reachable,
        is_contactable and is_consented and not is_suppressed and not is_holdout as is_treated,
        is_contactable
        and is_consented
        and not is_suppressed
        and not is_holdout
        and is_in_priority as is_deliverable

    from audience_candidates

),

step_counts as (

    select
        audience,

        count(*) as candidate_count,
        count(*) filter (where is_contactable) as contactable_count,
        count(*) filter (where is_permitted) as consented_count,
        count(*) filter (where is_reachable) as unsuppressed_count,
        count(*) filter (where is_treated) as unheld_count,
        count(*) filter (where is_deliverable) as deliverable_count

    from steps

    group by 1

),

change_counts as (

    select
        audience_stays.audience,

        count(*) filter (where audience_stays.entered_run_id = current_run.run_id)
            as entered_count,
        count(*) filter (where audience_stays.left_run_id = current_run.run_id) as left_count

    from audience_stays

    cross join current_run

    group by 1

),

delivered_counts as (

    select
        audience_syncs.audience,

        count(distinct coalesce(person_redirects.person_id, key_holders.person_id))
            as delivered_count

    from delivered_state

    inner join audience_syncs
        on delivered_state.sync = audience_syncs.sync

    inner join key_holders
        on delivered_state.sync = key_holders.sync
        and delivered_state.key = key_holders.key

    left outer join person_redirects
        on key_holders.person_id = person_redirects.former_person_id

    group by 1

),

audience_waterfall as (

    select
        declared_audiences.audience,
        declared_audiences.title,
        declared_audiences.purpose,
        declared_audiences.channel,

        coalesce(step_counts.candidate_count, 0) as candidate_count,
        coalesce(step_counts.contactable_count, 0) as contactable_count,
        coalesce(step_counts.consented_count, 0) as consented_count,
        coalesce(step_counts.unsuppressed_count, 0) as unsuppressed_count,
        coalesce(step_counts.unheld_count, 0) as unheld_count,
        coalesce(step_counts.deliverable_count, 0) as deliverable_count,
        coalesce(delivered_counts.delivered_count, 0) as delivered_count,
        coalesce(change_counts.entered_count, 0) as entered_count,
        coalesce(change_counts.left_count, 0) as left_count

    from declared_audiences

    left outer join step_counts
        on declared_audiences.audience = step_counts.audience

    left outer join change_counts
        on declared_audiences.audience = change_counts.audience

    left outer join delivered_counts
        on declared_audiences.audience = delivered_counts.audience

)

select * from audience_waterfall
