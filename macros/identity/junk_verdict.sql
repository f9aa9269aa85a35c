{# Shorter runs of one character are left alone: 7 and 11 are honest customer numbers. Of several
   reasons the first by its name counts. #}
{% macro junk_verdict(listed_reason, identifier_type, folded_value) -%}
    {%- set figures = "replace(" ~ folded_value ~ ", '+', '')" -%}
    least(
        {{ listed_reason }},
        {{ junk_reason(identifier_type, folded_value) }},
        {% if var('reserved_domains_are_junk') -%}
            case
                when
                    {{ identifier_type }} = 'email'
                    and {{ regexp_matches(
                        folded_value,
                        '(@|[.])(example([.](com|net|org))?|test|invalid|localhost)$'
                    ) }}
                    then 'domain reserved for examples'
            end,
        {%- endif %}
        case
            when
                length({{ figures }}) >= 6
                and replace({{ figures }}, right({{ folded_value }}, 1), '') = ''
                then 'one repeated character'
        end
    )
{%- endmacro %}
