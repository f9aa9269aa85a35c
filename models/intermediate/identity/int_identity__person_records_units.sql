{{ config(materialized='view') }}

with

source_records as (

    select * from {{ ref('int_identity__source_records') }}

),

record_groups as (

    select * from {{ ref('int_identity__record_groups') }}

),

person_ids as (

    select * from {{ ref('int_identity__person_ids') }}

),

former_records as (

    select * from {{ ref('int_identity__former_records') }}

),

current_run as (

    select {{ hashed_number('run_id') }} as run_number

    from {{ ref('stg_onefold__current_run') }}

),

{#
    The fingerprint is of what the row says, so that a build without news finds it in the row. A
    record keeps the run that gave it to its person, and who is new to one came in this run.
#}
{% set assigned_run_number %}
    case
        when person_ids.person_number is null then 0
        when former_records.person_number = person_ids.person_number
            then coalesce(former_records.assigned_run_number, current_run.run_number)
        else current_run.run_number
    end
{% endset %}
person_records_units as (

    select
        source_records.node,
        person_ids.person_number,
        person_ids.person_id,
        {{ mixed_fingerprint([
            'source_records.fingerprint',
            'coalesce(person_ids.person_number, 0)',
            'coalesce(former_records.first_person_number, person_ids.person_number, 0)',
            assigned_run_number,
        ]) }} as fingerprint

    from source_records

    inner join record_groups
        on source_records.node = record_groups.node

    left outer join person_ids
        on record_groups.group_node = person_ids.group_node

    left outer join former_records
        on source_records.node = former_records.node

    cross join current_run

)

select * from person_records_units
