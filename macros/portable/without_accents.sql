{# A table instead of the engine's own function: every engine must give the same key.
   The Cyrillic й stays, since it is a letter and not an accent. #}
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
    {%- for letter, spelling in [('ß', 'ss'), ('æ', 'ae'), ('œ', 'oe'), ('þ', 'th')] -%}
        {%- set expanded.sql = "replace(" ~ expanded.sql ~ ", '" ~ letter ~ "', '" ~ spelling ~ "')" -%}
    {%- endfor -%}
    {%- set plain = namespace(letters='') -%}
    {%- for letter, accented in letters.items() -%}
        {%- set plain.letters = plain.letters ~ letter * (accented | length) -%}
    {%- endfor -%}
    translate({{ expanded.sql }}, '{{ letters.values() | join }}ё', '{{ plain.letters }}е')
{%- endmacro %}
