{# One letter, also one that takes several in Latin, as Ж. or Ю. do. #}
{% macro is_initial(name_key) -%}
    (
        length({{ name_key }}) = 1
        or {{ is_one_of(name_key, ['zh', 'kh', 'ts', 'ch', 'sh', 'shch', 'yu', 'ya']) }}
    )
{%- endmacro %}
