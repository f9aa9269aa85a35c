{# A number comes as `49:0170…`, its country's calling code first, and leaves as `=49:170…` if it has
   the shape of its plan. Between the second colon and the bar stands what is only tried. #}
{% macro phone_rewrites() -%}
    {%- set codes = numbering_plans() | map(attribute='code') | join('|') -%}
    {%- set shapes = [] -%}
    {%- set own_codes = [] -%}
    {%- set trunks = [] -%}
    {%- set forms = [] -%}
    {%- for plan in numbering_plans() -%}
        {%- do shapes.append(plan.code ~ ':' ~ plan.number) -%}
        {%- do own_codes.append(plan.code ~ ':' ~ plan.code) -%}
        {%- if plan.trunk -%} {%- do trunks.append(plan.code ~ ':' ~ plan.trunk) -%} {%- endif -%}
    {%- endfor -%}
    {%- for form in unmistakable_phone_forms() -%}
        {%- do forms.append(('^:' ~ form.written ~ '$', form.number)) -%}
    {%- endfor -%}
    {%- set shape = '(' ~ shapes | join('|') ~ ')$' -%}
    {#- A number that ends in eight equal digits, or seven zeros, was typed to fill a field. -#}
    {%- set filler = '^.*(?:0{7}|1{8}|2{8}|3{8}|4{8}|5{8}|6{8}|7{8}|8{8}|9{8})$' -%}
    {{ return(forms + [
        ('[^0-9:+?]+', ''),
        (filler, ''),
        ('^[0-9?]*:(?:\\+|00)([1-9]\\d{7,14})$', '+\\1'),
        ('^\\+(' ~ codes ~ ')', '\\1:'),
        ('^\\+', '='),
        ('^(' ~ own_codes | join('|') ~ ')', '\\1:'),
        ('^\\d+:' ~ shape, '=\\1'),
        ('^(\\d+:\\d+):', '\\1'),
        ('^' ~ shape, '=\\1'),
        ('^(' ~ trunks | join('|') ~ ')', '\\1|'),
        ('^(\\d+:)\\d+\\|', '\\1'),
        ('^' ~ shape, '=\\1'),
    ]) }}
{%- endmacro %}
