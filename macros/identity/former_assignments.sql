{# Whose each record was when the marts were written last. Without a fingerprint before 0018. #}
{% macro former_assignments() -%}
    select *
    from (
        {{ previous_rows('person_records', {
            'record_key': 'text', 'person_id': 'text', 'first_person_id': 'text',
            'assigned_run_id': 'text', 'fingerprint': 'bigint'
        }) }}
    ) as previous_records
    where person_id is not null
{%- endmacro %}
