{#
    Whether a short form that is known of one name is the end of another one: Lena is not only
    Elena, but may be Magdalena. A name in full at the end of another, as Anna in Johanna, is none.
#}
{% macro is_short_form_at_end(short, long) -%}
    (
        {{ short }}.first_name_key <> {{ short }}.full_first_name
        and {{ long }}.first_name_key = {{ long }}.full_first_name
        and length({{ short }}.first_name_key) >= 4
        and right({{ long }}.first_name_key, length({{ short }}.first_name_key))
        = {{ short }}.first_name_key
    )
{%- endmacro %}
