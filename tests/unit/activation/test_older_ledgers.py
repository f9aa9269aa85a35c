"""Promises about ledgers that an older onefold wrote: an outcome per row, and no ranges."""

import duckdb
import pytest

from orchestration.activation.destinations.protocol import Operation
from orchestration.activation.ledger import Ledger
from tests.unit.activation.world import KilledError, World

OLDER_FORM = """
    insert into ledger.activation.delivery
    select unit_delivery.*
    from ledger.activation.unit_delivery
    anti join ledger.activation.delivery using (run_no, batch_no, ordinal, attempt);
    insert into ledger.activation.unit_person
    select sync, run_no, unit_key, unit_key
    from ledger.activation.outbox
    anti join ledger.activation.unit_person using (run_no, unit_key);
    drop view ledger.activation.unit_delivery;
    drop table ledger.activation.batch_delivery
"""
PEOPLE = {f"p{number}": f"{number}@example.com" for number in range(6)}


def test_an_older_ledger_says_what_is_held(world: World) -> None:
    """What it acknowledged is not sent again, what it had refused waits, who left is removed."""
    world.publish(PEOPLE)
    world.destination.refuses = lambda operation: operation.key == "p2"
    assert world.run().status == "done_with_rejects"
    as_an_older_version_had_it(world)

    world.publish({**PEOPLE, "p1": "new@example.com"} | {"p6": "6@example.com"})
    world.publish({key: email for key, email in world.emails.items() if key != "p3"})
    report = world.run()

    assert (report.added, report.updated, report.removed, report.rejected) == (1, 1, 1, 1)
    assert world.held() == set(world.destination.members)


def test_a_run_that_an_older_version_left_goes_on(world: World) -> None:
    """The batch that was cut off goes out under its key, and nothing is sent twice beside it."""
    world.publish(PEOPLE)
    world.destination.after_apply = lambda batch: _killed() if batch.number == 2 else None
    with pytest.raises(KilledError):
        world.run()
    world.destination.after_apply = lambda _: None
    as_an_older_version_had_it(world)

    report = world.run()

    keys = [batch.idempotency_key for batch in world.destination.batches]
    assert (report.status, report.added) == ("done", 6)
    assert set(world.destination.members) == world.held() == set(PEOPLE)
    assert len(keys) - len(set(keys)) == 1


def test_a_refusal_in_the_middle_is_one_of_three_ranges(world: World) -> None:
    """Operations that fare alike take one row, however many they are."""
    world.destination.max_batch_size = 500
    world.destination.refuses = _is_refused
    world.publish({f"p{number:03}": f"{number}@example.com" for number in range(500)})
    world.run()

    with Ledger(world.settings).session("Test") as connection:
        ranges = connection.execute(
            "select first_ordinal, last_ordinal, outcome, error_code "
            "from ledger.activation.batch_delivery order by 1"
        ).fetchall()
    assert ranges == [
        (1, 250, "acked", None),
        (251, 251, "rejected", "refused"),
        (252, 500, "acked", None),
    ]
    assert len(world.outcomes()) == 500


def as_an_older_version_had_it(world: World) -> None:
    """Write outcomes row by row, and the people behind units that are people."""
    # As a file that was put back while this process goes on.
    with duckdb.connect() as connection:
        connection.execute(f"attach '{world.settings.ledger_path}' as ledger")
        connection.execute(OLDER_FORM)


def _is_refused(operation: Operation) -> bool:
    return operation.key == "p250"


def _killed() -> None:
    raise KilledError
