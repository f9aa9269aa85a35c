with

selections as (

    {% for audience in audiences() %}
        {%- if not loop.first %}
            union all

        {% endif -%}

        select
            '{{ audience.name }}' as audience,
            person_id,
            cast({{ audience.promoted_product or 'null' }} as {{ dbt.type_string() }})
                as promoted_product_id,

            cast({{ audience.once_since or 'null' }} as timestamp) as once_since

        from {{ ref(audience.model) }}

    {% endfor %}
)

select * from selections
