{# The joiners U+200C and U+200D stay: Persian and Indic names are spelt with them. #}
{% macro invisible_characters() -%}
    {{ return(
        '\\x{0001}-\\x{0008}\\x{000B}\\x{000E}-\\x{001F}\\x{007F}-\\x{0084}\\x{0086}-\\x{009F}'
        ~ '\\x{00AD}\\x{200B}\\x{200E}\\x{200F}\\x{202A}-\\x{202E}\\x{2060}\\x{2066}-\\x{2069}'
        ~ '\\x{FEFF}'
    ) }}
{%- endmacro %}
