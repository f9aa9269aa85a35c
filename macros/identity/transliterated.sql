{#
    A normalised name in Latin letters, whichever script it was written in. Only a key for
    comparisons: the spelling follows passports loosely, and comparisons forgive small differences.
#}
{% macro transliterated(name) -%}
    {%- set pairs = [
        ('щ', 'shch'), ('ж', 'zh'), ('х', 'kh'), ('ц', 'ts'), ('ч', 'ch'), ('ш', 'sh'),
        ('ю', 'yu'), ('я', 'ya'), ('ъ', ''), ('ь', ''), ('ß', 'ss'),
    ] -%}
    {%- set ns = namespace(text=name) -%}
    {%- for cyrillic, latin in pairs -%}
        {%- set ns.text = "replace(" ~ ns.text ~ ", '" ~ cyrillic ~ "', '" ~ latin ~ "')" -%}
    {%- endfor -%}
    case
        when {{ regexp_matches(name, '[а-яёіїєґß]') }}
            then translate({{ ns.text }}, 'абвгдеёзийклмнопрстуфыэіїєґ', 'abvgdeeziyklmnoprstufyeiieg')
        else {{ name }}
    end
{%- endmacro %}
