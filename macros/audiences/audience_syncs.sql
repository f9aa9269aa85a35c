{# Exposures are known once the project is parsed. #}
{% macro audience_syncs() %}
    {%- set found = [] -%}
    {%- if execute -%}
        {%- for exposure in graph.exposures.values() -%}
            {%- set sync = exposure.get('config', {}).get('meta', {}).get('sync', {}) -%}
            {%- if sync.get('audience') -%}
                {%- do found.append({'sync': exposure.name, 'audience': sync.audience}) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(found) }}
{% endmacro %}
