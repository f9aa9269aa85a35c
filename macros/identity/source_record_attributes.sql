{# Every column of a source record beside its key, with its type. #}
{% macro source_record_attributes() -%}
    {{ return({
        'email': 'text', 'delivery_email': 'text', 'phone': 'text', 'user_id': 'text', 'loyalty_id': 'text',
        'first_name': 'text', 'middle_name': 'text', 'last_name': 'text', 'sex': 'text',
        'street': 'text', 'city': 'text', 'region': 'text', 'postcode': 'text', 'country': 'text',
        'is_mentioned_only': 'boolean', 'birth_date': 'date',
        'first_seen_at': 'timestamp', 'last_seen_at': 'timestamp', 'updated_at': 'timestamp',
    }) }}
{%- endmacro %}
