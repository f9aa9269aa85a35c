with

best_records as (

    select * from {{ ref('int_profiles__best_records') }}

),

records as (

    select * from {{ ref('int_profiles__records') }}

),

{# One record per person and attribute, so each maximum is over a single value. #}
best_values as (

    select
        best_records.person_id,

        {% for cell in best_value_columns() %}
            max(
                case
                    when best_records.attribute_name = '{{ cell.attribute_name }}'
                        then records.{{ cell.column_name }}
                end
            ) as {{ cell.column_name }},
        {% endfor %}

        count(*) as attribute_count

    from best_records

    inner join records
        on best_records.record_key = records.record_key

    group by 1

)

select * from best_values
