-- How many shared values fill how much of a limit of their type, in fifths; 5 is over the limit.
with

shares as (

    select
        identifiers.rejection_reason is not null as is_hub,
        greatest(
            coalesce(identifiers.holder_count / types.max_records, 0),
            coalesce(identifiers.initial_count / types.max_initials, 0),
            coalesce(identifiers.contact_count / types.max_contacts, 0)
        ) as fullness
    from intermediate.int_identity__identifiers as identifiers
    inner join reference.identifier_types as types
        on identifiers.identifier_type = types.identifier_type
    where
        identifiers.holder_count > 1
        and coalesce(identifiers.rejection_reason like 'hub:%', true)

)

select
    case when is_hub then 5 else cast(least(floor(5 * fullness), 4) as bigint) end as fifth,
    count(*) as value_count
from shares
group by fifth
order by fifth
