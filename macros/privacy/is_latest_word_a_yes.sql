{% macro is_latest_word_a_yes(consents) -%}
    max(case when {{ consents }}.is_granted then {{ consents }}.decided_at end)
    > coalesce(
        max(case when not {{ consents }}.is_granted then {{ consents }}.decided_at end),
        cast('0001-01-01' as timestamp)
    )
{%- endmacro %}
