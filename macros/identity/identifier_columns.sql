{#
    Which records hold an identifier in a column of their own, named after its type. A new type is
    a line here and a row in seeds/identity/identifier_types.csv.
#}
{% macro identifier_columns() -%}
    {%- set contacted = ['pos:receipt', 'shop:order', 'service:ticket', 'survey:response'] -%}
    {%- set described = ['crm:contact', 'pos:loyalty_member', 'shop:customer'] -%}
    {{ return({
        'email': described + contacted,
        'phone': described + contacted,
        'loyalty_id': ['pos:loyalty_member', 'pos:receipt'],
        'user_id': ['shop:customer', 'shop:order', 'service:ticket', 'survey:response'],
    }) }}
{%- endmacro %}
