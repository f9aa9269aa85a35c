-- Units that are not alone with what the destination calls them: two people with one address are
-- one record there, which must not leave, or lose its list, as long as one of them stays.
create or replace temp table shared_units as

with

namesakes as (
    select unit_key
    from called_units
    where
        reference in (
            select match_ref from planned_operations where is_removal or op = 'update'
        )
),

newest_names as (
    select unit_key, arg_max(reference, place) as reference, arg_max(op, place) as op
    from called_units
    where unit_key in (select unit_key from namesakes)
    group by 1
),

staying_units as (
    select unit_key, reference
    from newest_names
    where
        op not in ('remove', 'archive')
        and unit_key not in (select unit_key from planned_operations where is_removal)
)

select distinct planned_operations.unit_key
from planned_operations
inner join staying_units
    on planned_operations.match_ref = staying_units.reference
    and planned_operations.unit_key <> staying_units.unit_key
