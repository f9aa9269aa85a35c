{# A number comes as `49:0170…`, the calling code of its plan first. A prefix that may have to go is
   set off by a bar; a number that has the shape of its plan, with or without one, gets the mark =.
   Russians write +8 for 8; no country has the code 89. From Russia and Belarus one dials 810 before
   a foreign number, from America 011: only before one whose plan is known, since `011 206 555 0123`
   lacks a code and is none of Egypt, which has 20. #}
{% macro phone_rewrites() -%}
    {%- set codes = [] -%}
    {%- set prefixes = [] -%}
    {%- set shapes = [':[1-9]\\d{7,14}'] -%}
    {%- for plan in numbering_plans() -%}
        {%- do codes.append(plan.code) -%}
        {%- do prefixes.append(plan.code ~ ':' ~ plan.code) -%}
        {%- if plan.trunk -%} {%- do prefixes.append(plan.code ~ ':' ~ plan.trunk) -%} {%- endif -%}
        {%- do shapes.append(plan.code ~ ':(?:\\d+\\|)?' ~ plan.number) -%}
    {%- endfor -%}
    {%- set mark_valid = ('^(' ~ shapes | join('|') ~ ')$', '=\\1') -%}
    {#- A number that ends in eight equal digits, or seven zeros, was typed to fill a field. -#}
    {%- set filler = '^.*(?:0{7}|1{8}|2{8}|3{8}|4{8}|5{8}|6{8}|7{8}|8{8}|9{8})$' -%}
    {{ return([
        ('[^0-9:+?]+', ''),
        (filler, ''),
        ('^[0-9?]+:\\+89(\\d{9})$', '7:89\\1'),
        (
            '^[0-9?]+:(?:\\+|00)(' ~ codes | join('|') ~ ')?(\\d+)$'
            ~ '|^(?:(?:7|375):810|1:011)(' ~ codes | join('|') ~ ')(\\d+)$',
            '\\1\\3:\\2\\4',
        ),
        ('^(' ~ prefixes | join('|') ~ ')', '\\1|'),
        mark_valid,
        ('^(\\d+:\\d+)\\|', '\\1'),
        mark_valid,
        ('^=(\\d*):(?:\\d+\\|)?(\\d+)$', '+\\1\\2'),
    ]) }}
{%- endmacro %}
