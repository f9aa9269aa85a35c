{# Ten bare digits are on purpose not here: Russian and American numbers look the same. The German
   mobile needs its gap: 01701234567 could be British too. #}
{% macro unmistakable_phone_forms() -%}
    {{ return([
        {'written': '[78]\\D*([34789](?:\\D*\\d){9})\\D*', 'number': '7:\\1'},
        {'written': '8\\D*0\\D*((?:1[5-7]|2[1-59])(?:\\D*\\d){7})\\D*', 'number': '375:\\1'},
        {'written': '8\\D*0\\D*([5-9](?:\\D*\\d){8})\\D*', 'number': '380:\\1'},
        {'written': '1\\D*([2-9]\\d{2}\\D*[2-9]\\d{2}\\D*\\d{4})', 'number': '1:\\1'},
        {'written': '\\(?([2-9]\\d{2}(?:\\) ?|[-.])[2-9]\\d{2}[-. ]\\d{4})', 'number': '1:\\1'},
        {'written': '\\(?0(1[5-7]\\d\\)?[ /-]+\\d(?:[ -]?\\d){6,7})', 'number': '49:\\1'},
        {'written': '0(15\\d{9})', 'number': '49:\\1'},
        {'written': '0(7\\d{3} \\d{3} ?\\d{3}|20 [378]\\d{3} \\d{4})', 'number': '44:\\1'},
        {'written': '0([1-9](?:[ .]\\d{2}){4})', 'number': '33:\\1'},
    ]) }}
{%- endmacro %}
