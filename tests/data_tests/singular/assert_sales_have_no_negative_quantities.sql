{# Kept as goods brought back in an exchange; it may as well be a fault of the till. #}
{{ config(severity='warn') }}

with

order_lines as (

    select * from {{ ref('order_lines') }}

)

select
    source_name,
    order_id,
    line_number

from order_lines

where kind = 'sale' and quantity < 0
