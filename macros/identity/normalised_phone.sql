{% macro normalised_phone(phone, country='null') -%}
    {%- set dialled = dialled_phone(phone) -%}
    {%- set digits = regexp_replace_all(
        regexp_replace_all(dialled, '[^0-9+]'), '^00([1-9])', '+\\1'
    ) -%}
    {#- A number that ends in eight equal digits, or seven zeros, was typed to fill a field. -#}
    {%- set filler = '(?:0{7}|1{8}|2{8}|3{8}|4{8}|5{8}|6{8}|7{8}|8{8}|9{8})$' -%}
    case
        when {{ regexp_matches(digits, filler) }} then null
        when {{ digits }} like '+%' then {{ international_phone(digits) }}
        else {{ national_phone(dialled, digits, country) }}
    end
{%- endmacro %}
