{# The log of changes compares with the records as they were: it has to be written before. #}
-- depends_on: {{ ref('identity_changes') }}

with

person_records as (

    select * from {{ ref('int_identity__person_records') }}

)

select * from person_records
