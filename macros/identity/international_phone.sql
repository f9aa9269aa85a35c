{# After the calling code many write the trunk zero too: +44 (0)20. Italian numbers begin with it. #}
{% macro international_phone(digits) -%}
    {%- set trunk_codes = [] -%}
    {%- set codes = [] -%}
    {%- set shapes = [] -%}
    {%- for plan in numbering_plans().values() -%}
        {%- do codes.append(plan.code) -%}
        {%- do shapes.append(plan.code ~ plan.number) -%}
        {%- if plan.prefix.startswith('0') -%} {%- do trunk_codes.append(plan.code) -%} {%- endif -%}
    {%- endfor -%}
    {%- set number = regexp_replace_all(digits, '^\\+(' ~ trunk_codes | join('|') ~ ')0', '+\\1') -%}
    case
        when {{ regexp_matches(number, '^\\+(?:' ~ codes | unique | join('|') ~ ')') }}
            then
                case
                    when {{ regexp_matches(number, '^\\+(?:' ~ shapes | unique | join('|') ~ ')$') }}
                        then {{ number }}
                end
        when {{ regexp_matches(number, '^\\+[1-9]\\d{7,14}$') }} then {{ number }}
    end
{%- endmacro %}
