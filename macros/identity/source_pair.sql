{% macro source_pair(lower_source, upper_source) -%}
    case
        when {{ lower_source }} = {{ upper_source }} then {{ lower_source }}
        else {{ lower_source }} || ' + ' || {{ upper_source }}
    end
{%- endmacro %}
