{# Exposures are known once the project is parsed. #}
{% macro audience_syncs() %}
    {%- set found = [] -%}
    {%- if execute -%}
        {%- for exposure in graph.exposures.values() -%}
            {%- set sync = exposure.get('config', {}).get('meta', {}).get('sync', {}) -%}
            {%- if sync.get('audience') -%}
                {%- if sync.audience not in audience_names() -%}
                    {{ exceptions.raise_compiler_error(
                        exposure.original_file_path ~ " names an audience that there is not as the "
                        ~ "one of " ~ exposure.name ~ "; there are "
                        ~ audience_names() | join(', ') ~ "."
                    ) }}
                {%- endif -%}
                {%- do found.append({'sync': exposure.name, 'audience': sync.audience}) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(found) }}
{% endmacro %}
