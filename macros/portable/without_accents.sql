{# A table instead of the engine's own function: every engine must give the same key.
   The Cyrillic й stays, since it is a letter and not an accent.
   DuckDB reads so long a table anew for every text, 8 µs each, and most texts need none of it. #}
{% macro without_accents(expression) -%}
    {%- set letters = {
        'a': 'àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ',
        'b': 'ḃḅḇ',
        'c': 'çćĉċčḉ',
        'd': 'ďḋḍḏḑḓđ',
        'e': 'èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ',
        'f': 'ḟ',
        'g': 'ĝğġģǧǵḡ',
        'h': 'ĥȟḣḥḧḩḫẖħ',
        'i': 'ìíîïĩīĭįǐȉȋḭḯỉịı',
        'j': 'ĵǰ',
        'k': 'ķǩḱḳḵ',
        'l': 'ĺļľḷḹḻḽł',
        'm': 'ḿṁṃ',
        'n': 'ñńņňǹṅṇṉṋ',
        'o': 'òóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợø',
        'p': 'ṕṗ',
        'r': 'ŕŗřȑȓṙṛṝṟ',
        's': 'śŝşšșṡṣṥṧṩ',
        't': 'ţťțṫṭṯṱẗŧ',
        'u': 'ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự',
        'v': 'ṽṿ',
        'w': 'ŵẁẃẅẇẉẘ',
        'x': 'ẋẍ',
        'y': 'ýÿŷȳẏẙỳỵỷỹ',
        'z': 'źżžẑẓẕ',
    } -%}
    {%- set expanded = namespace(sql=expression) -%}
    {%- set ligatures = {'ß': 'ss', 'æ': 'ae', 'œ': 'oe', 'þ': 'th'} -%}
    {%- for letter, spelling in ligatures.items() -%}
        {%- set expanded.sql = "replace(" ~ expanded.sql ~ ", '" ~ letter ~ "', '" ~ spelling ~ "')" -%}
    {%- endfor -%}
    {%- set plain = namespace(letters='') -%}
    {%- for letter, accented in letters.items() -%}
        {%- set plain.letters = plain.letters ~ letter * (accented | length) -%}
    {%- endfor -%}
    {%- set accented = letters.values() | join ~ 'ё' -%}
    case
        when {{ regexp_matches(expression, '[' ~ accented ~ ligatures | join ~ ']') }}
            then translate({{ expanded.sql }}, '{{ accented }}', '{{ plain.letters }}е')
        else {{ expression }}
    end
{%- endmacro %}
