{# Ten bare digits are on purpose not here: Russian and American numbers look the same. The German
   mobile needs its gap: 01701234567 could be British too. #}
{% macro unmistakable_phone_forms() -%}
    {{ return([
        {'code': '7', 'written': '[78]\\D*[34789](?:\\D*\\d){9}\\D*'},
        {'code': '375', 'written': '8\\D*0\\D*(?:1[5-7]|2[1-59])(?:\\D*\\d){7}\\D*'},
        {'code': '380', 'written': '8\\D*0\\D*[5-9](?:\\D*\\d){8}\\D*'},
        {'code': '1', 'written': '1\\D*[2-9]\\d{2}\\D*[2-9]\\d{2}\\D*\\d{4}'},
        {'code': '1', 'written': '\\(?[2-9]\\d{2}(?:\\) ?|[-.])[2-9]\\d{2}[-. ]\\d{4}'},
        {'code': '49', 'written': '\\(?01[5-7]\\d\\)?[ /-]+\\d(?:[ -]?\\d){6,7}|015\\d{9}'},
        {'code': '44', 'written': '07\\d{3} \\d{3} ?\\d{3}|\\(?020\\)? [378]\\d{3} \\d{4}'},
        {'code': '33', 'written': '0[1-9](?:[ .]\\d{2}){4}'},
    ]) }}
{%- endmacro %}
