"""Records without shared identifiers are scored by what else they say."""

import duckdb

from orchestration.identity.likely_pairs import score_pairs


def test_a_typing_error_in_one_detail_leaves_a_pair_likely_and_explained() -> None:
    """Each of 60 people is there twice, the second time with a letter of the name missing."""
    with duckdb.connect() as connection:
        connection.execute(
            "create table records as with people as (select i, "
            "substr(md5('f' || i % 40), 1, 6) as f, substr(md5('l' || i), 1, 8) as l, "
            "cast(date '1950-01-01' + cast(i * 211 as integer) as varchar) as b, "
            "substr(md5('c' || i % 9), 1, 6) as c from range(60) as t(i)) "
            "select i as unique_id, f as first_name, l as last_name, b as birth_date, "
            "null::varchar as email, null::varchar as phone, null::varchar as home, c as city "
            "from people union all select 100 + i, f, "
            "case when i % 2 = 0 then l else left(l, 7) end, b, null, null, null, c from people"
        )
        scored = score_pairs(connection, at_least=0.9).fetchall()
    assert {(lower, upper) for lower, upper, *_ in scored} == {(i, 100 + i) for i in range(60)}
    assert all("last_name +" in account and "email" not in account for *_, account in scored)
