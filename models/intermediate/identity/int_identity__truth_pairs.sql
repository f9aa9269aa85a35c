{{ config(materialized='ephemeral') }}
with

truth_records as (

    select * from {{ ref('int_identity__truth_records') }}

),

clusters as (

    {% for pair_kind, cluster in {
        'true': "entity_id",
        'found': "person_id",
        'right': "entity_id || '|' || person_id",
    }.items() %}
        select
            '{{ pair_kind }}' as pair_kind,
            {{ cluster }} as cluster_id,
            source_name,

            count(*) as record_count

        from truth_records

        group by 1, 2, 3

        {{ 'union all' if not loop.last }}
    {% endfor %}

),

{# Pairs are counted from sizes, never listed: among n records there are n(n-1)/2. #}
truth_pairs as (

    select
        lower_part.pair_kind,
        {{ source_pair('lower_part.source_name', 'upper_part.source_name') }} as scope_name,

        case
            when lower_part.source_name < upper_part.source_name
                then lower_part.record_count * upper_part.record_count
            else lower_part.record_count * (lower_part.record_count - 1) / 2
        end as pair_count

    from clusters as lower_part

    inner join clusters as upper_part
        on lower_part.pair_kind = upper_part.pair_kind
        and lower_part.cluster_id = upper_part.cluster_id
        and lower_part.source_name <= upper_part.source_name

)

select * from truth_pairs
