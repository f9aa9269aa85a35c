with

match_keys as (

    select * from {{ ref('int_identity__match_keys') }}

),

identifier_types as (

    select * from {{ ref('identifier_types') }}

),

{# The identifiers of which one person has only so many. #}
limited_values as (

    select
        match_keys.node,
        match_keys.key_type,
        match_keys.key_value,
        identifier_types.max_per_person

    from match_keys

    inner join identifier_types
        on match_keys.key_type = identifier_types.identifier_type

    where identifier_types.max_per_person is not null

)

select * from limited_values
