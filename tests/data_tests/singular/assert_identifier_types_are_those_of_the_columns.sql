{# A mistyped row would link nobody without a word: values of a type without a row are left out. #}
{% set types_of_keys = ['contact_id', 'order_id', 'transaction_id', 'cookie', 'device'] %}
with

identifier_types as (

    select * from {{ ref('identifier_types') }}

),

read_types as (

    {% for identifier_type in identifier_columns().keys() | list + types_of_keys %}
        select '{{ identifier_type }}' as identifier_type

        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select
    identifier_types.identifier_type as listed_type,
    read_types.identifier_type as read_type

from identifier_types

full outer join read_types
    on identifier_types.identifier_type = read_types.identifier_type

where identifier_types.identifier_type is null or read_types.identifier_type is null
