"""What syncs read from: amounts must reach a destination as they stand in the warehouse."""

import duckdb

from orchestration.publishing.publisher import spell_out_amounts


def test_amounts_keep_their_form_on_the_way_to_a_destination() -> None:
    """600.00 is sent as 600.00, although JSON numbers of databases are doubles."""
    with duckdb.connect() as connection:
        connection.execute("create schema activation")
        connection.execute(
            "create table activation.sync_x as "
            "select 'p1' as person_id, cast(600 as decimal(18, 2)) as revenue, 3 as orders"
        )
        connection.execute("comment on column activation.sync_x.revenue is 'Money.'")

        spell_out_amounts(connection)
        (record,) = connection.execute(
            "select cast(to_json(sync_x) as text) from activation.sync_x"
        ).fetchone() or ("",)

    assert record == '{"person_id":"p1","revenue":"600.00","orders":3}'
