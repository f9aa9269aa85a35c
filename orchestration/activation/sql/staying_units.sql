-- Units that stay, under a reference that a planned removal or update names too.
create or replace temp table staying_units as

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
)

select unit_key, reference
from newest_names
where
    op not in ('remove', 'archive')
    and unit_key not in (select unit_key from planned_operations where is_removal)
