{% macro town_key(city) -%}
    {{ regexp_capture(letters_only(regexp_replace_all(
        without_accents("lower(" ~ tidied(city) ~ ")"), '^(?:г\\.\\s*|(?:г|город)\\s+)'
    )), '^(.+)$') }}
{%- endmacro %}
