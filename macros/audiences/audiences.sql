{# Declarations are known once the project is parsed; before that the names must do. #}
{% macro audiences() %}
    {%- set declared = [] -%}
    {%- for name in audience_names() -%}
        {%- if execute -%}
            {%- do declared.append(declared_audience(name)) -%}
        {%- else -%}
            {%- do declared.append({'name': name, 'model': 'audience_' ~ name}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if execute -%}
        {%- for node in graph.nodes.values()
            if node.get('config', {}).get('meta', {}).get('audience')
            and node.name | replace('audience_', '', 1) not in audience_names() -%}
            {{ exceptions.raise_compiler_error(
                node.original_file_path ~ " declares an audience that nobody uses: "
                ~ "add its name to macros/audiences/audience_names.sql."
            ) }}
        {%- endfor -%}
    {%- endif -%}
    {{ return(declared) }}
{% endmacro %}
