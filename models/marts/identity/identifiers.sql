with

identifiers as (

    select * from {{ ref('int_identity__person_identifiers') }}

)

select * from identifiers
