with

best_records as (

    select * from {{ ref('int_profiles__best_records') }}

),

source_records as (

    select * from {{ ref('int_identity__source_records') }}

),

cells as (

    {% for cell in best_value_columns() %}
        select
            best_records.person_id,
            '{{ cell.column_name }}' as column_name,
            source_records.source_name,
            source_records.record_type,
            source_records.record_id,
            best_records.rule

        from best_records

        inner join source_records
            on best_records.record_key = source_records.record_key

        where
            best_records.attribute_name = '{{ cell.attribute_name }}'
            and source_records.{{ cell.column_name }} is not null

        union all

    {% endfor %}
    select
        best_records.person_id,
        'full_name' as column_name,
        source_records.source_name,
        source_records.record_type,
        source_records.record_id,
        best_records.rule

    from best_records

    inner join source_records
        on best_records.record_key = source_records.record_key

    where best_records.attribute_name = 'name'

)

select * from cells
