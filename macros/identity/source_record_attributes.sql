{# Every column of a source record beside its key, with its type. #}
{% macro source_record_attributes() -%}
    {%- set attributes = {} -%}
    {%- for name in identifier_columns() -%}
        {%- do attributes.update({name: 'text'}) -%}
    {%- endfor -%}
    {{ return(dict(attributes, **{
        'email_as_given': 'text', 'phone_as_given': 'text',
        'first_name': 'text', 'middle_name': 'text', 'last_name': 'text', 'sex': 'text',
        'street': 'text', 'city': 'text', 'region': 'text', 'postcode': 'text', 'country': 'text',
        'is_mentioned_only': 'boolean', 'birth_date': 'date',
        'first_seen_at': 'timestamp', 'last_seen_at': 'timestamp', 'updated_at': 'timestamp',
        'fingerprint': 'bigint',
    })) }}
{%- endmacro %}
