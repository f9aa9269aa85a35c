-- Units about which the mode says something; the many that stay as they are get no further.
create or replace temp table differing_units as

with

-- Digests are compared by 64 bits of them, which takes a third of the memory; of a million changed
-- rows, one would be taken for unchanged in a million years of such plans.
desired_numbers as (
    select unit_key, hash(row_hash) as row_number
    from desired_units
),

held_numbers as (
    select
        unit_key,
        hash(row_hash) as row_number,
        row_hash is null as is_uncertain,
        doubted_until
    from held_units
),

compared_units as (
    select
        coalesce(desired_numbers.unit_key, held_numbers.unit_key) as unit_key,
        case
            when desired_numbers.unit_key is null then 'leaver'
            when held_numbers.unit_key is null then 'newcomer'
            when held_numbers.is_uncertain or $resends_all then 'uncertain'
            when desired_numbers.row_number <> held_numbers.row_number then 'changed'
            else 'unchanged'
        end as situation,
        held_numbers.doubted_until
    from desired_numbers
    full join held_numbers on desired_numbers.unit_key = held_numbers.unit_key
    union all
    -- What is archived is not held, but it is there, so that a withdrawal must reach it.
    select archived_units.unit_key, 'archived', null
    from archived_units
    anti join desired_units on archived_units.unit_key = desired_units.unit_key
)

select compared_units.*, mode_actions.op as op_of_mode, mode_actions.is_once
from compared_units
inner join mode_actions on compared_units.situation = mode_actions.situation
-- Given as a constant, so that the many units that stay as they are get into no join.
where list_contains($situations, compared_units.situation)
