-- The rows that former versions of a file left, and the load in which each came first.
create or replace temporary table former as

with

held_rows as (

    select
        _row_digest,
        _load_number,
        row_number() over (
            partition by {key} order by _load_number desc, _line_number desc
        ) as nth_last
    from {raw}
    where _file_name = $file_name

)

select
    _row_digest,
    min(_load_number) as load_number,
    bool_or(nth_last = 1) as is_last_of_key
from held_rows
group by 1
