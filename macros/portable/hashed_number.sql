{#
    A whole number below 2^60 that stands for a text, the same on every engine: the first 15 digits
    of its MD5. It tells texts apart, it keeps no secret.
#}
{% macro hashed_number(expression) -%}
    {{ hex_number('md5(' ~ expression ~ ')') }}
{%- endmacro %}
