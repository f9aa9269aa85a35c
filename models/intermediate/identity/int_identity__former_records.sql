{{ config(
    materialized='incremental',
    pre_hook="{{ keep_unchanged('(' ~ former_assignments() ~ ') as units', ['record_key']) }}"
) }}

{# Who the records belonged to in the build before; the marts still hold it at this point. #}
with

former_assignments as (

    {{ former_assignments() }}

),

former_records as (

    select
        {{ hashed_number('former_assignments.record_key') }} as node,
        {{ person_number('former_assignments.person_id') }} as person_number,
        {{ person_number(
            'coalesce(former_assignments.first_person_id, former_assignments.person_id)'
        ) }} as first_person_number,
        former_assignments.assigned_run_id,
        {{ hashed_number('former_assignments.assigned_run_id') }} as assigned_run_number,
        former_assignments.fingerprint

    from former_assignments

    {% if is_incremental() %}
        inner join {{ changed_units() }} as changed_units
            on former_assignments.record_key = changed_units.record_key
    {% endif %}

)

select * from former_records
