{% macro declared_audience(name) %}
    {%- set node = graph.nodes.get('model.' ~ project_name ~ '.audience_' ~ name) -%}
    {%- if not node -%}
        {{ exceptions.raise_compiler_error(
            "macros/audiences/audience_names.sql lists " ~ name ~ ", but there is no model "
            ~ "audience_" ~ name ~ "."
        ) }}
    {%- endif -%}
    {%- set declaration = node.config.get('meta', {}).get('audience', {}) -%}
    {%- for key in ['title', 'owner', 'purpose', 'channel'] if not declaration.get(key) -%}
        {{ exceptions.raise_compiler_error(
            node.original_file_path ~ " declares no " ~ key ~ ": set config.meta.audience." ~ key
            ~ " on its page."
        ) }}
    {%- endfor -%}
    {%- set known = [
        'title', 'owner', 'purpose', 'channel', 'holdout_share', 'priority_group', 'once_since',
        'promoted_product',
    ] -%}
    {%- for key in declaration if key not in known -%}
        {{ exceptions.raise_compiler_error(
            node.original_file_path ~ " declares config.meta.audience." ~ key ~ ", which is not "
            ~ "known; there are " ~ known | join(', ') ~ "."
        ) }}
    {%- endfor -%}
    {%- for key in ['purpose', 'channel', 'priority_group', 'once_since', 'promoted_product']
        if declaration.get(key)
        and not modules.re.fullmatch('[a-z][a-z0-9_]*', declaration[key] | string) -%}
        {{ exceptions.raise_compiler_error(
            node.original_file_path ~ " declares a " ~ key ~ " that is no lower-case name."
        ) }}
    {%- endfor -%}
    {# A share in words, such as 10%, would count as none, and those held out would be written to. #}
    {%- set share = declaration.get('holdout_share', 0) -%}
    {%- if share is boolean or share is not number or not 0 <= share <= 1 -%}
        {{ exceptions.raise_compiler_error(
            node.original_file_path ~ " declares a holdout_share that is no number from 0 to 1."
        ) }}
    {%- endif -%}
    {# Four hexadecimal digits of a hash lie below this limit in that share of all cases. #}
    {{ return(dict(
        declaration,
        name=name,
        model='audience_' ~ name,
        holdout_limit='g' if share == 1 else '%04x' % (share * 65536) | int
    )) }}
{% endmacro %}
