{#
    The form in which two values of a type are compared. Mailbox rules of single providers (dots
    and plus signs that the provider ignores) come from the var `mailbox_rules`.
#}
{% macro identifier_value(identifier_type, value) -%}
    {%- if identifier_type == 'email' -%} {{ mailbox(value) }}
    {%- else -%} {{ value }}
    {%- endif -%}
{%- endmacro %}
