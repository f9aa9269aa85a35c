{# `code`: calling code. `prefix`: what may stand before the number at home: the trunk digit, or the
   calling code without plus where lengths leave no doubt. `number`: the number itself. Shapes are
   lengths and first digits, enough to tell a number from a typing error; no list of area codes. #}
{% macro numbering_plans() -%}
    {{ return({
        'AT': {'code': '43', 'prefix': '0', 'number': '[1-9]\\d{5,11}'},
        'AU': {'code': '61', 'prefix': '0|61', 'number': '[2-478]\\d{8}'},
        'BE': {'code': '32', 'prefix': '0', 'number': '[1-9]\\d{7,8}'},
        'BY': {'code': '375', 'prefix': '80|375', 'number': '(?:1[5-7]|2[1-59]|33|44)\\d{7}'},
        'CA': {'code': '1', 'prefix': '1', 'number': '[2-9]\\d{2}[2-9]\\d{6}'},
        'CH': {'code': '41', 'prefix': '0|41', 'number': '[2-9]\\d{8}'},
        'CZ': {'code': '420', 'prefix': '420', 'number': '[2-9]\\d{8}'},
        'DE': {'code': '49', 'prefix': '0', 'number': '(?:1[5-7]\\d{8,9}|[2-9]\\d{5,10})'},
        'DK': {'code': '45', 'prefix': '45', 'number': '[2-9]\\d{7}'},
        'ES': {'code': '34', 'prefix': '34', 'number': '[5-9]\\d{8}'},
        'FI': {'code': '358', 'prefix': '0', 'number': '[1-9]\\d{5,10}'},
        'FR': {'code': '33', 'prefix': '0|33', 'number': '[1-9]\\d{8}'},
        'GB': {'code': '44', 'prefix': '0|44', 'number': '(?:[1-357-9]\\d{9}|[18]\\d{8})'},
        'IE': {'code': '353', 'prefix': '0', 'number': '[1-9]\\d{7,8}'},
        'IN': {'code': '91', 'prefix': '0|91', 'number': '[6-9]\\d{9}'},
        'IT': {'code': '39', 'prefix': '39', 'number': '(?:0\\d{5,10}|3\\d{8,9})'},
        'KZ': {'code': '7', 'prefix': '[78]', 'number': '7\\d{9}'},
        'NL': {'code': '31', 'prefix': '0|31', 'number': '[1-9]\\d{8}'},
        'NO': {'code': '47', 'prefix': '47', 'number': '[2-9]\\d{7}'},
        'NZ': {'code': '64', 'prefix': '0', 'number': '[2-9]\\d{7,9}'},
        'PL': {'code': '48', 'prefix': '48', 'number': '[1-9]\\d{8}'},
        'PT': {'code': '351', 'prefix': '351', 'number': '[29]\\d{8}'},
        'RU': {'code': '7', 'prefix': '[78]', 'number': '[3489]\\d{9}'},
        'SE': {'code': '46', 'prefix': '0', 'number': '[1-9]\\d{6,9}'},
        'TR': {'code': '90', 'prefix': '0|90', 'number': '[2-5]\\d{9}'},
        'UA': {'code': '380', 'prefix': '0|80|380', 'number': '[3-9]\\d{8}'},
        'US': {'code': '1', 'prefix': '1', 'number': '[2-9]\\d{2}[2-9]\\d{6}'},
    }) }}
{%- endmacro %}
