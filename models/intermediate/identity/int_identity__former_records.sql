{# Who the records belonged to in the build before; the marts still hold it at this point. #}
with

former_records as (

    {{ previous_rows('person_records', {
        'source_name': 'text', 'record_type': 'text', 'record_id': 'text', 'person_id': 'text',
        'first_person_id': 'text', 'assigned_run_id': 'text'
    }) }}

)

select
    {{ hashed_number("source_name || ':' || record_type || ':' || record_id") }} as node,
    person_id,
    coalesce(first_person_id, person_id) as first_person_id,
    assigned_run_id

from former_records

where person_id is not null
