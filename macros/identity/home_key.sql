{# Street with house, inside one postcode or, without a postcode, inside one town. #}
{% macro home_key(street, postcode, city) -%}
    {%- set kept = regexp_replace_all("lower(" ~ street ~ ")", "[^[:alnum:]]+", " ") -%}
    coalesce({{ normalised_postcode(postcode) }}, lower({{ city }})) || '|' || trim({{ kept }})
{%- endmacro %}
