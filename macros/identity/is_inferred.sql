{# Whether so likely a pair counts as evidence: never unless the setting says "on". #}
{% macro is_inferred(match_probability, at_least) -%}
    {%- if env_var('ONEFOLD_IDENTITY_INFERENCE', 'off') == 'on' -%}
        coalesce({{ match_probability }} >= {{ at_least }}, false)
    {%- else -%}
        false
    {%- endif -%}
{%- endmacro %}
