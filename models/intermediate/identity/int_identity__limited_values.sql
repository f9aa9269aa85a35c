with

match_keys as (

    select * from {{ ref('int_identity__match_keys') }}

),

identifier_types as (

    select * from {{ ref('identifier_types') }}

),

decided_pairs as (

    select * from {{ ref('int_identity__decided_pairs') }}

    where decision = 'different'

),

{# Two records that are not one person hold two values of a kind of which a person has one. #}
decided_values as (

    select
        lower_node as node,
        'decision ' || decision_id as key_type,
        'lower' as key_value

    from decided_pairs

    union all

    select
        upper_node as node,
        'decision ' || decision_id as key_type,
        'upper' as key_value

    from decided_pairs

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

    union all

    select
        node,
        key_type,
        key_value,
        1 as max_per_person

    from decided_values

)

select * from limited_values
