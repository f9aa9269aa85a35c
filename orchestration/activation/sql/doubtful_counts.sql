-- What a fault may have put into a plan: people that no plan of the sync had before, and people who
-- have another id since they were joined or parted.
with

newcomers as (
    select unit_key
    from planned_operations
    where
        is_due
        and op = 'add'
        and unit_key not in (select unit_key from ledger.activation.outbox where sync = $sync)
),

renamed as (
    select unit_key
    from planned_operations
    where
        is_due
        and is_removal
        and not is_unguarded
        and unit_key in (select former_person_id from published.marts.person_redirects)
    union all
    select unit_key
    from newcomers
    -- Who was parted from somebody the destination does not hold is no other for it.
    where unit_key in (
        select person_id
        from published.marts.identity_changes
        where
            change = 'split'
            and other_person_id in (select unit_key from held_units)
    )
)

select
    (select count(*) from newcomers) as newcomers,
    (select count(*) from renamed) as renamed
