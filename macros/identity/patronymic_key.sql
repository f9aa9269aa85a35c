{# One spelling for Юрьевич, Yuryevich, Iurevich and Jurjewitsch: transcriptions differ in the letters
   of й and of soft vowels, and in the ending. The ending tells brother from sister. #}
{% macro patronymic_key(middle_name_key) -%}
    case
        when {{ regexp_matches(middle_name_key, '^(?:' ~ patronymic_form() ~ ')$') }}
            then {{ rewritten(transliterated(middle_name_key), [
                ('(?:[oei][vw](?:[iy]ch|itsch)|ich)$', 'H'),
                ('(?:[oei][vw]na|(?:in)?ichna)$', 'N'),
                ('x', 'ks'),
                ('w', 'v'),
                ('[yij]+', ''),
            ]) }}
    end
{%- endmacro %}
