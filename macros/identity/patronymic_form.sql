{# What a patronymic looks like in a name in small letters. Latin endings are longer, since Friedrich
   is no patronymic. #}
{% macro patronymic_form() -%}
    {{ return(
        '\\S+(?:ич|вна|чна|[oe](?:v[iy]ch|witsch)|[oei]vna|[oe]wna|ichna)'
        ~ '|(?:ily?|fomi?|kuzmi?|luk|nikit|savv)ich'
    ) }}
{%- endmacro %}
