with

attribute_candidates as (

    select * from {{ ref('int_profiles__attribute_candidates') }}

),

records as (

    select * from {{ ref('int_profiles__records') }}

),

attribute_sources as (

    select * from {{ ref('attribute_sources') }}

),

{# A source without a priority counts after all that have one. #}
prioritised_candidates as (

    select
        attribute_candidates.person_id,
        attribute_candidates.record_key,
        attribute_candidates.attribute_name,

        attribute_candidates.completeness,
        coalesce(attribute_sources.priority, 999) as priority,

        records.updated_at,
        records.last_seen_at

    from attribute_candidates

    inner join records
        on attribute_candidates.record_key = records.record_key

    left outer join attribute_sources
        on attribute_candidates.attribute_name = attribute_sources.attribute_name
        and records.source_name = attribute_sources.source_name
        and records.record_type = attribute_sources.record_type

),

ranked_candidates as (

    select
        person_id,
        record_key,
        attribute_name,

        completeness,
        priority,
        row_number() over (
            partition by person_id, attribute_name
            order by
                completeness desc nulls last,
                priority asc nulls last,
                updated_at desc nulls last,
                last_seen_at desc nulls last,
                record_key asc nulls last
        ) as choice_rank,

        updated_at,
        last_seen_at

    from prioritised_candidates

),

{# The rule is the first thing in which the choice beats the record after it. #}
best_records as (

    select
        best.person_id,
        best.record_key,
        best.attribute_name,
        case
            when runner_up.record_key is null then 'only_value'
            when best.completeness <> runner_up.completeness then 'most_complete'
            when best.priority <> runner_up.priority then 'source_priority'
            when coalesce(best.updated_at > runner_up.updated_at, best.updated_at is not null)
                then 'latest_update'
            when coalesce(best.last_seen_at > runner_up.last_seen_at, best.last_seen_at is not null)
                then 'latest_sighting'
            else 'first_key'
        end as rule -- noqa: references.keywords

    from ranked_candidates as best

    left outer join ranked_candidates as runner_up
        on best.person_id = runner_up.person_id
        and best.attribute_name = runner_up.attribute_name
        and runner_up.choice_rank = 2

    where best.choice_rank = 1

)

select * from best_records
