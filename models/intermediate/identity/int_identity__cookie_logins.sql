with

cookie_identifiers as (

    select * from {{ ref('int_identity__record_identifiers') }}

    where is_on_cookie

),

identifier_owners as (

    select * from {{ ref('int_identity__identifier_owners') }}

),

{# A login says who it was; an address typed into a form counts where nobody ever logged in. #}
ranked_logins as (

    select
        cookie_identifiers.node,
        identifier_owners.group_node,
        identifier_owners.holder_node,
        cookie_identifiers.identifier_type,
        cookie_identifiers.identifier_value,
        cookie_identifiers.first_seen_at,
        case when identifier_owners.strength = 'contact' then 2 else 1 end as evidence_rank,
        min(case when identifier_owners.strength = 'contact' then 2 else 1 end)
            over (partition by cookie_identifiers.node) as best_evidence_rank

    from cookie_identifiers

    inner join identifier_owners
        on cookie_identifiers.identifier_number = identifier_owners.identifier_number

),

cookie_logins as (

    select
        node,
        group_node,
        holder_node,
        identifier_type,
        identifier_value,
        first_seen_at,
        row_number() over (
            partition by node, group_node
            order by
                first_seen_at asc nulls last,
                identifier_type asc nulls last,
                identifier_value asc nulls last
        ) as login_rank

    from ranked_logins

    where evidence_rank = best_evidence_rank

)

select * from cookie_logins

where login_rank = 1
