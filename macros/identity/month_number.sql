{# Two digits of the month that a text names. #}
{% macro month_number(expression) -%}
    {%- set beginnings = [
        'jan|ene|gen|янв', 'feb|f[eé]v|фев', 'm[aä]r|мар', 'apr|avr|abr|апр', 'may|mai|mag|ма[йя]',
        'jun|juin|giu|июн', 'jul|juil|lug|июл', 'aug|ao[uû]|ago|авг', 'sep|set|сен',
        'oct|okt|ott|окт', 'nov|ноя', 'd[eé]c|dez|dic|дек',
    ] -%}
    case
        {%- for alternatives in beginnings %}
        when {{ regexp_matches(expression, '(?:^|[^a-zà-ÿа-я])(?:' ~ alternatives ~ ')') }}
            then '{{ '%02d' % loop.index }}'
        {%- endfor %}
    end
{%- endmacro %}
