{{ config(materialized='ephemeral') }}
with

person_records as (

    select * from {{ ref('int_identity__person_records') }}

),

former_records as (

    select * from {{ ref('int_identity__former_records') }}

),

identifiers as (

    select * from {{ ref('int_identity__identifiers') }}

),

identifier_types as (

    select * from {{ ref('identifier_types') }}

),

identity_links as (

    select * from {{ ref('int_identity__evidence') }}

),

sized_people as (

    select
        person_number,

        count(*) as record_count

    from person_records

    where person_number is not null

    group by 1

),

{# Who is merged away leaves no record: none of its former records has its id any more. #}
former_people as (

    select
        former_records.person_number,

        count(person_records.node) as left_record_count,
        count(case when former_records.person_number = person_records.person_number then 1 end)
            as kept_record_count

    from former_records

    left outer join person_records
        on former_records.node = person_records.node

    group by 1

),

{# Near is from four fifths of a limit: a few records more, and the value links nobody. #}
judged_identifiers as (

    select
        coalesce(identifiers.rejection_reason like 'hub:%', false) as is_hub,
        identifiers.rejection_reason is null and (
            identifiers.holder_count * 5 >= identifier_types.max_records * 4
            or identifiers.initial_count * 5 >= identifier_types.max_initials * 4
            or identifiers.contact_count * 5 >= identifier_types.max_contacts * 4
        ) as is_near_hub

    from identifiers

    inner join identifier_types
        on identifiers.identifier_type = identifier_types.identifier_type

    where identifiers.holder_count > 1

),

{% set crowd = 'sum(case when record_count > ' ~ var('crowded_person_records')
    ~ ' then record_count else 0 end)' %}
{% set merged = 'count(case when kept_record_count = 0 and left_record_count > 0 then 1 end)' %}
{% set ambiguous = "count(case when unused_reason like 'ambiguous:%' then 1 end)" %}
{% set moved = 'sum(left_record_count - kept_record_count)' %}
health_metrics as (

    {% for metric, metric_value, counted in [
        ('largest_person', 'cast(coalesce(max(record_count), 0) as decimal(18, 6))', 'sized_people'),
        ('crowded_record_share', share(crowd, 'sum(record_count)'), 'sized_people'),
        ('merge_rate', share(merged, 'count(*)'), 'former_people'),
        ('id_churn', share(moved, 'sum(left_record_count)'), 'former_people'),
        ('near_hub_share', share('count(case when is_near_hub then 1 end)', 'count(*)'),
            'judged_identifiers'),
        ('hub_share', share('count(case when is_hub then 1 end)', 'count(*)'),
            'judged_identifiers'),
        ('ambiguous_link_share', share(ambiguous, 'count(*)'), 'identity_links'),
    ] %}
        select
            '{{ metric }}' as metric,
            {{ metric_value }} as metric_value

        from {{ counted }}

        {{ 'union all' if not loop.last }}

    {% endfor %}

)

select * from health_metrics
