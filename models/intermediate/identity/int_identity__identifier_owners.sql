with

{# Only what is seen on a cookie is ever asked for. #}
cookie_identifiers as (

    select distinct identifier_number

    from {{ ref('int_identity__record_identifiers') }}

    where is_on_cookie

),

record_identifiers as (

    select record_identifiers.*

    from {{ ref('int_identity__record_identifiers') }} as record_identifiers

    inner join cookie_identifiers
        on record_identifiers.identifier_number = cookie_identifiers.identifier_number

    where
        record_identifiers.rejection_reason is null
        and not record_identifiers.is_on_cookie
        and record_identifiers.strength in ('hard', 'contact', 'reference')

),

groups as (

    select * from {{ ref('int_identity__groups') }}

),

{# A value may have several owners: a family's phone belongs to each of them. #}
identifier_owners as (

    select
        record_identifiers.identifier_number,
        record_identifiers.strength,
        coalesce(groups.group_node, record_identifiers.node) as group_node,
        min(record_identifiers.node) as holder_node

    from record_identifiers

    left outer join groups
        on record_identifiers.node = groups.node

    group by 1, 2, 3

)

select * from identifier_owners
