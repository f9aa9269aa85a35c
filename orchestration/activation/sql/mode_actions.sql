-- What the mode does, by situation. Where it does nothing, a withdrawal may still change that, as
-- long as nobody wants the unit.
create or replace temp table mode_actions as

with

mode as (
    select * from read_csv($modes, all_varchar = true) as modes where modes.mode = $mode
),

actions as (
    select situation, op, cast(is_once as boolean) as is_once
    from mode
    unpivot include nulls (
        op for situation in (newcomer, changed, uncertain, unchanged, leaver)
    )
)

select * from actions where op is not null or situation = 'leaver'
union all
select 'archived', null, cast(is_once as boolean) from mode
