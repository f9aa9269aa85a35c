with

best_records as (

    select * from {{ ref('int_profiles__best_records') }}

),

records as (

    select * from {{ ref('int_profiles__records') }}

),

cells as (

    {% for cell in best_value_columns() %}
        select
            best_records.person_id,
            '{{ cell.column_name }}' as column_name,
            records.source_name,
            records.record_type,
            records.record_id,
            best_records.rule

        from best_records

        inner join records
            on best_records.record_key = records.record_key

        where
            best_records.attribute_name = '{{ cell.attribute_name }}'
            and records.{{ cell.column_name }} is not null

        union all

    {% endfor %}
    select
        best_records.person_id,
        'full_name' as column_name,
        records.source_name,
        records.record_type,
        records.record_id,
        best_records.rule

    from best_records

    inner join records
        on best_records.record_key = records.record_key

    where best_records.attribute_name = 'name'

)

select * from cells
