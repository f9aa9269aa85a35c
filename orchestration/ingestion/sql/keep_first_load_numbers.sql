-- A row that came again keeps the number of the load in which it came first: it is no newer than
-- it was, and must not win over rows that another file brought in between. Not so where the file
-- says something else of its key than it said last: that is news, also if it once said the same.
update {raw} as held
set _load_number = former.load_number
from former
where
    held._file_name = $file_name
    and held._load_number = $load_number
    and held._row_digest = former._row_digest
    and ({key}) in (
        with

        new_rows as (

            select
                *,
                row_number() over (partition by {key} order by _line_number desc) as nth_last
            from {raw}
            where _file_name = $file_name and _load_number = $load_number

        )

        select ({key})
        from new_rows
        inner join former using (_row_digest)
        where nth_last = 1 and is_last_of_key
    )
