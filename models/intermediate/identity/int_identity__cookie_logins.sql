with

sightings as (

    select * from {{ ref('int_identity__sightings') }}

),

cookies as (

    select * from {{ ref('int_identity__source_records') }}

    where record_type = 'cookie'

),

identifier_owners as (

    select * from {{ ref('int_identity__identifier_owners') }}

),

{# A login says who it was; an address typed into a form counts where nobody ever logged in. #}
ranked_logins as (

    select
        cookies.node,
        identifier_owners.group_node,
        identifier_owners.holder_node,
        sightings.identifier_type,
        sightings.identifier_value,
        sightings.first_seen_at,
        case when identifier_owners.strength = 'contact' then 2 else 1 end as evidence_rank,
        min(case when identifier_owners.strength = 'contact' then 2 else 1 end)
            over (partition by cookies.node) as best_evidence_rank

    from sightings

    inner join cookies
        on sightings.record_key = cookies.record_key

    inner join identifier_owners
        on sightings.identifier_type = identifier_owners.identifier_type
        and sightings.identifier_value = identifier_owners.identifier_value

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
