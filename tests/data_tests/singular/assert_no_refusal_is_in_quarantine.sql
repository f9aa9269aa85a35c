{# They count, from the day they came; the row is to be mended all the same. #}
{{ config(severity='warn') }}

with

quarantined_refusals as (

    select * from {{ ref('stg_consent__quarantined_refusals') }}

)

select
    file_name,
    file_line_number

from quarantined_refusals
