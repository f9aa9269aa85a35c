-- Wanted while at least one person behind it is.
create or replace temp table desired_units as

select
    unit_key,
    $render_version
    || keyed_digest(
        $inner_pad, $outer_pad, cast(json_object('match_key', any_value(match_ref)) as text)
    ) as row_hash,
    any_value(match_ref) as match_ref
from desired_people
group by 1
