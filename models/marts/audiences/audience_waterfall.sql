with

audience_candidates as (

    select * from {{ ref('audience_candidates') }}

),

{# An audience without anybody is shown with zeros. #}
declared_audiences as (

    {% for audience in audiences() %}
        {%- if not loop.first %}
            union all

        {% endif -%}

        select
            '{{ audience.name }}' as audience,
            '{{ audience.title | replace("'", "''") }}' as title,
            '{{ audience.purpose }}' as purpose,
            '{{ audience.channel }}' as channel

    {% endfor %}
),

{# Each step of the way counts those who came through all steps before it. #}
steps as (

    select
        audience,

        is_contactable,
        is_contactable and is_consented as is_permitted,
        is_contactable and is_consented and not is_suppressed as is_reachable,
        is_contactable and is_consented and not is_suppressed and not is_holdout
            as is_deliverable

    from audience_candidates

),

audience_waterfall as (

    select
        declared_audiences.audience,
        declared_audiences.title,
        declared_audiences.purpose,
        declared_audiences.channel,

        count(steps.audience) as candidate_count,
        count(*) filter (where steps.is_contactable) as contactable_count,
        count(*) filter (where steps.is_permitted) as consented_count,
        count(*) filter (where steps.is_reachable) as unsuppressed_count,
        count(*) filter (where steps.is_deliverable) as deliverable_count

    from declared_audiences

    left outer join steps
        on declared_audiences.audience = steps.audience

    group by 1, 2, 3, 4

)

select * from audience_waterfall
