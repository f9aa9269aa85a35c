{# `trunk`: what is dialled at home before a number. `number`: its length and first digits, enough
   to tell a number from a typing error; no list of area codes. #}
{% macro numbering_plans() -%}
    {{ return([
        {'code': '1', 'countries': ['US', 'CA'], 'number': '[2-9]\\d{2}[2-9]\\d{6}'},
        {
            'code': '7', 'countries': ['RU', 'KZ'], 'trunk': '8',
            'number': '(?:[3489]\\d{9}|7[0-8]\\d{8})',
        },
        {'code': '31', 'countries': ['NL'], 'trunk': '0', 'number': '[1-9]\\d{8}'},
        {'code': '32', 'countries': ['BE'], 'trunk': '0', 'number': '[1-9]\\d{7,8}'},
        {'code': '33', 'countries': ['FR'], 'trunk': '0', 'number': '[1-9]\\d{8}'},
        {'code': '34', 'countries': ['ES'], 'number': '[5-9]\\d{8}'},
        {'code': '39', 'countries': ['IT'], 'number': '(?:0\\d{5,10}|3\\d{8,9})'},
        {'code': '41', 'countries': ['CH'], 'trunk': '0', 'number': '[2-9]\\d{8}'},
        {'code': '43', 'countries': ['AT'], 'trunk': '0', 'number': '[1-9]\\d{5,11}'},
        {
            'code': '44', 'countries': ['GB'], 'trunk': '0',
            'number': '(?:[1-357-9]\\d{9}|[18]\\d{8})',
        },
        {'code': '45', 'countries': ['DK'], 'number': '[2-9]\\d{7}'},
        {'code': '46', 'countries': ['SE'], 'trunk': '0', 'number': '[1-9]\\d{6,9}'},
        {'code': '47', 'countries': ['NO'], 'number': '[2-9]\\d{7}'},
        {'code': '48', 'countries': ['PL'], 'trunk': '0', 'number': '[1-9]\\d{8}'},
        {
            'code': '49', 'countries': ['DE'], 'trunk': '0',
            'number': '(?:1[5-7]\\d{8,9}|[2-9]\\d{5,10})',
        },
        {'code': '61', 'countries': ['AU'], 'trunk': '0', 'number': '[2-478]\\d{8}'},
        {'code': '64', 'countries': ['NZ'], 'trunk': '0', 'number': '[2-9]\\d{7,9}'},
        {'code': '90', 'countries': ['TR'], 'trunk': '0', 'number': '[2-5]\\d{9}'},
        {'code': '91', 'countries': ['IN'], 'trunk': '0', 'number': '[6-9]\\d{9}'},
        {'code': '351', 'countries': ['PT'], 'number': '[29]\\d{8}'},
        {'code': '353', 'countries': ['IE'], 'trunk': '0', 'number': '[1-9]\\d{6,8}'},
        {'code': '358', 'countries': ['FI'], 'trunk': '0', 'number': '[1-9]\\d{5,10}'},
        {
            'code': '375', 'countries': ['BY'], 'trunk': '8?0',
            'number': '(?:1[5-7]|2[1-59]|33|44)\\d{7}',
        },
        {'code': '380', 'countries': ['UA'], 'trunk': '8?0', 'number': '[3-9]\\d{8}'},
        {'code': '420', 'countries': ['CZ'], 'number': '[2-9]\\d{8}'},
    ]) }}
{%- endmacro %}
