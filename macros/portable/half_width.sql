{# Asian keyboards have ASCII in the width of their other signs: ＋７ for +7. The look before spares
   all other texts the table, which DuckDB would read anew for each of them. #}
{% macro half_width(expression) -%}
    {%- set wide = '＋－．，：；＃＆／（）＜＞？＠＿０１２３４５６７８９'
        ~ 'ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ'
        ~ 'ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ' -%}
    {%- set narrow = '+-.,:;#&/()<>?@_0123456789'
        ~ 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz' -%}
    case
        when {{ regexp_matches(expression, '[' ~ wide ~ ']') }}
            then translate({{ expression }}, '{{ wide }}', '{{ narrow }}')
        else {{ expression }}
    end
{%- endmacro %}
