{# A cast rounds without a word, and money must not change. Six decimals are compared: what comes
   after them is the noise of binary floats, such as 0.30000000000000004. More than 18 digits cost
   DuckDB thirty times as much, so only amounts of a trillion and more are read to them. #}
{% macro to_amount(expression) -%}
    {%- set digits = 'trim(' ~ expression ~ ')' -%}
    {%- set amount = safe_cast(digits, 'decimal(18, 2)') -%}
    case
        when {{ amount }} = coalesce(
            {{ safe_cast(digits, 'decimal(18, 6)') }}, {{ safe_cast(digits, 'decimal(22, 6)') }}
        )
            then {{ amount }}
    end
{%- endmacro %}
