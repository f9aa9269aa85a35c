"""Promises of the engine: the destination equals the sync model, whatever happens."""

import pytest

from orchestration.activation import snapshots
from orchestration.activation.destinations.protocol import Batch, BatchResult, Verdict
from orchestration.activation.ledger import Ledger
from orchestration.activation.snapshots import snapshot_path
from orchestration.errors import OnefoldError
from orchestration.settings import Settings
from tests.unit.activation.world import KilledError, World

PEOPLE = {"p1": "a@example.com", "p2": "b@example.com", "p3": "c@example.com"}


def test_everybody_wanted_is_delivered(world: World) -> None:
    """The first run adds all, in batches of the size that the destination takes."""
    world.publish(PEOPLE)

    report = world.run()

    assert (report.status, report.added, report.pending) == ("done", 3, 0)
    assert world.destination.members == {key: {"email": value} for key, value in PEOPLE.items()}
    assert [len(batch.operations) for batch in world.destination.batches] == [2, 1]


def test_a_second_run_sends_nothing(world: World) -> None:
    """Nothing changed, so nothing is sent, and the ledger does not grow."""
    world.publish(PEOPLE)
    first = world.run()
    world.publish(PEOPLE)
    sent = len(world.destination.batches)

    report = world.run()

    assert (report.status, report.added, report.run_id) == ("done", 0, first.run_id)
    assert len(world.destination.batches) == sent


def test_changes_leavers_and_newcomers_are_told_apart(world: World) -> None:
    """Only differences are sent, and removals before all else."""
    world.publish(PEOPLE)
    world.run()
    world.publish({"p1": "new@example.com", "p3": "c@example.com", "p4": "d@example.com"})

    report = world.run()

    assert (report.added, report.updated, report.removed) == (1, 1, 1)
    assert [(o.op, o.key) for b in world.destination.batches[2:] for o in b.operations] == [
        ("remove", "p2"),
        ("upsert", "p1"),
        ("upsert", "p4"),
    ]
    assert set(world.destination.members) == world.held() == {"p1", "p3", "p4"}


def test_a_plan_counts_what_the_run_will_send_and_sends_nothing(world: World) -> None:
    """The dry run is the same plan."""
    world.publish(PEOPLE)

    report = world.plan()

    assert (report.status, report.added) == ("planned", 3)
    assert not world.destination.batches


def test_a_repeated_person_stops_the_sync(world: World) -> None:
    """Two rows for one person cannot both be right."""
    world.publish(PEOPLE)
    world.publish({"p1": "a@example.com"})
    _repeat_person(world)

    with pytest.raises(OnefoldError, match="1 repeated"):
        world.run()
    assert not world.destination.batches


def test_a_killed_run_goes_on_with_the_same_keys(world: World) -> None:
    """Kill between send and answer: the same batch comes again, and counts once."""
    world.publish(PEOPLE)
    world.destination.after_apply = _kill
    with pytest.raises(KilledError):
        world.run()
    world.destination.after_apply = lambda _: None

    report = world.run()

    first, second = world.destination.batches[:2]
    assert first.idempotency_key == second.idempotency_key
    assert (report.status, report.added) == ("done", 3)
    assert ("p1", "add", "unknown") in world.outcomes()


def test_an_open_run_reads_its_own_snapshot(world: World) -> None:
    """A later publish does not change a batch that may be under way; it is planned after."""
    world.publish(PEOPLE)
    world.destination.before_apply = _kill
    with pytest.raises(KilledError):
        world.run()
    world.destination.before_apply = lambda _: None
    world.publish({"p1": "late@example.com"}, dict.fromkeys(PEOPLE, True))

    world.run()

    assert world.destination.batches[0].payload == world.destination.batches[1].payload
    assert world.destination.members == {"p1": {"email": "late@example.com"}}


def test_a_failed_run_waits_longer_each_time_then_stays_open(world: World) -> None:
    """Six attempts with growing waits; what was not delivered is pending, not lost."""
    world.publish({"p1": "a@example.com"})
    world.destination.before_apply = lambda _: BatchResult(Verdict.RETRY, error_code="down")

    report = world.run()

    assert world.waits == [0.5, 1.0, 2.0, 4.0, 8.0]
    assert (report.status, report.pending) == ("failed", 1)
    assert "down" in (report.reason or "")
    world.destination.before_apply = lambda _: None
    assert world.run().status == "done"


def test_a_wait_beyond_the_budget_leaves_the_run_open(world: World) -> None:
    """Nobody sits out an hour; the next start goes on."""
    world.publish(PEOPLE)
    world.destination.before_apply = lambda _: BatchResult(Verdict.RETRY, retry_after=3600)

    report = world.run()

    assert (report.status, report.pending, world.waits) == ("open", 3, [])
    assert len(world.destination.batches) == 1


def test_a_wait_that_was_asked_for_is_kept_to_the_second(world: World) -> None:
    """Retry-After wins over our own back-off."""
    world.publish({"p1": "a@example.com"})
    answers = iter([BatchResult(Verdict.RETRY, retry_after=7), None])
    world.destination.before_apply = lambda _: next(answers)

    assert world.run().status == "done"
    assert world.waits == [7]


def test_a_wait_is_kept_to_before_the_next_batch_as_well(world: World) -> None:
    """A batch that is given up does not free the destination from the others."""
    world.publish(PEOPLE)
    world.destination.before_apply = lambda _: BatchResult(Verdict.RETRY, retry_after=7)

    assert world.run().status == "failed"
    assert len(world.destination.batches) == 6 + 1
    assert world.waits == [7] * 6


def test_refused_credentials_stop_the_run_at_once(world: World) -> None:
    """Nothing more is sent, and the next run goes on."""
    world.publish(PEOPLE)
    world.destination.before_apply = lambda _: BatchResult(Verdict.AUTH, error_code="http_401")

    report = world.run()

    assert (report.status, report.pending) == ("failed", 3)
    assert len(world.destination.batches) == 1
    world.destination.before_apply = lambda _: None
    assert (world.run().status, set(world.destination.members)) == ("done", set(PEOPLE))


def test_a_dead_destination_is_given_up_after_five_batches(world: World) -> None:
    """After the first batch each further one is tried once."""
    world.publish({f"p{number:02d}": "x@example.com" for number in range(40)})
    world.destination.before_apply = lambda _: BatchResult(Verdict.AMBIGUOUS, error_code="timeout")

    report = world.run()

    assert len(world.destination.batches) == 6 + 4
    assert (report.status, report.pending) == ("failed", 40)


def test_too_large_batches_are_halved_and_all_delivered(world: World) -> None:
    """The size that passed is kept for the rest of the run."""
    world.publish({f"p{number:02d}": "x@example.com" for number in range(16)})
    world.destination.max_batch_size = 8
    world.destination.before_apply = _too_large(2)

    report = world.run()

    assert (report.status, report.added) == ("done", 16)
    assert [len(batch.operations) for batch in world.destination.batches] == [
        8, 4, 2, 2, 2, 2, 2, 2, 2, 2,
    ]  # fmt: skip


def test_a_poisoned_row_is_found_by_halving(world: World) -> None:
    """One row that the destination cannot stomach costs only itself."""
    world.publish({f"p{number}": "x@example.com" for number in range(8)})
    world.destination.max_batch_size = 8
    world.destination.before_apply = _poisoned("p5")

    report = world.run()

    assert (report.status, report.added, report.rejected) == ("done_with_rejects", 7, 1)
    assert "p5" not in world.destination.members


def test_a_kill_while_halving_resumes_with_the_same_parts(world: World) -> None:
    """Cuts are in the ledger, so that no part gets another key after a restart."""
    world.publish({f"p{number}": "x@example.com" for number in range(8)})
    world.destination.max_batch_size = 8
    poisoned = _poisoned("p5")
    world.destination.before_apply = lambda batch: (
        poisoned(batch) or (_kill(batch) if len(batch.operations) == 2 else None)
    )
    with pytest.raises(KilledError):
        world.run()
    killed = world.destination.batches[-1]
    world.destination.before_apply = poisoned

    report = world.run()

    assert killed.idempotency_key in world.destination.answers
    assert (report.status, report.added, report.rejected) == ("done_with_rejects", 7, 1)


def test_a_mapping_that_nobody_passes_is_not_halved_to_the_end(world: World) -> None:
    """When row after row is refused, the rest is not tried one by one."""
    world.publish({f"p{number:03d}": "x@example.com" for number in range(32)})
    world.destination.max_batch_size = 32
    world.destination.before_apply = lambda _: BatchResult(Verdict.ROWS, error_code="http_422")

    report = world.run()

    assert (report.status, report.rejected) == ("done_with_rejects", 32)
    assert len(world.destination.batches) < 32


@pytest.mark.parametrize(
    "result",
    [
        BatchResult(Verdict.ROWS, error_code="http_400"),
        BatchResult(Verdict.TOO_LARGE, error_code="http_413"),
    ],
    ids=["400", "413"],
)
def test_a_destination_that_refuses_everything_is_soon_left_alone(
    world: World, result: BatchResult
) -> None:
    """A few dozen requests tell it; what was not asked about stays for the next run."""
    world.publish({f"p{number:03d}": "x@example.com" for number in range(500)})
    world.destination.max_batch_size = 250
    world.destination.before_apply = lambda _: result

    report = world.run()

    assert report.status == "failed"
    assert len(world.destination.batches) < 50
    assert report.pending > 0
    assert report.pending + report.rejected == 500


def test_bad_rows_side_by_side_stop_no_destination_that_takes_one_at_a_time(world: World) -> None:
    """Eight refused addresses in a row, as when a domain is gone, cost only themselves."""
    world.publish({f"p{number:02d}": "x@example.com" for number in range(12)})
    world.destination.max_batch_size = 1
    world.destination.refuses = lambda operation: operation.key < "p08"

    report = world.run()

    assert (report.status, report.added, report.rejected) == ("done_with_rejects", 4, 8)


def _kill(_: Batch) -> None:
    raise KilledError


def _too_large(limit: int):  # noqa: ANN202 - a fault for `before_apply`
    return lambda batch: (
        BatchResult(Verdict.TOO_LARGE, error_code="http_413")
        if len(batch.operations) > limit
        else None
    )


def _poisoned(key: str):  # noqa: ANN202 - a fault for `before_apply`
    return lambda batch: (
        BatchResult(Verdict.ROWS, error_code="http_422")
        if any(operation.key == key for operation in batch.operations)
        else None
    )


def _repeat_person(world: World) -> None:
    from orchestration.warehouse import connect  # noqa: PLC0415

    with connect(world.settings.home / "snapshots" / "000002.duckdb") as connection:
        connection.execute(
            "insert into activation.sync_test__people select * from activation.sync_test__people"
        )
        world.digest_rows(connection)


def test_a_snapshot_that_is_gone_before_it_is_read_gives_way_to_the_next(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another run may publish in between, and removes what no open run reads."""
    world.publish({"p1": "anna@example.com"})
    found = snapshots.newest_snapshot

    def overtaken(settings: Settings, ledger: Ledger) -> str:
        newest = found(settings, ledger)
        if newest == "000001":
            world.publish({"p1": "anna@example.com", "p2": "boris@example.com"})
            snapshot_path(settings, newest).unlink()
        return newest

    monkeypatch.setattr(snapshots, "newest_snapshot", overtaken)

    assert world.run().added == 2
