"""Promises of the modes: what a sync does with whom it wants, holds and lets go."""

import csv
from typing import get_args

import pytest

from orchestration.activation.declarations import Mode
from orchestration.activation.destinations.protocol import BatchResult, Verdict
from orchestration.activation.destinations.registry import check_declarations
from orchestration.activation.plan import MODES
from orchestration.errors import UsageError
from tests.unit.activation.world import KilledError, World, declaration

PEOPLE = {"p1": "a@example.com", "p2": "b@example.com", "p3": "c@example.com"}
CONSENTS = dict.fromkeys(PEOPLE, True)
FEWER = {"p1": "a@example.com"}
CHANGED = PEOPLE | {"p1": "new@example.com"}


@pytest.fixture(params=get_args(Mode))
def in_any_mode(request: pytest.FixtureRequest, world: World) -> World:
    """Return a company with a sync of each mode in turn."""
    world.declaration = declaration(mode=request.param)
    return world


def _in(world: World, mode: Mode) -> World:
    world.declaration = declaration(mode=mode)
    world.publish(PEOPLE)
    world.run()
    return world


def _told(world: World, *, since: int = 0) -> list[tuple[str, str]]:
    return [
        (operation.verb, operation.key)
        for batch in world.destination.batches[since:]
        for operation in batch.operations
    ]


def _told_by_run(world: World) -> list[tuple[str, str]]:
    since = len(world.destination.batches)
    assert world.run().status == "done"
    return _told(world, since=since)


def test_the_seed_has_every_mode() -> None:
    """A mode that may be declared is one that plans are drawn up for."""
    with MODES.open(encoding="utf-8") as lines:
        assert [row["mode"] for row in csv.DictReader(lines)] == list(get_args(Mode))


def test_no_mode_sends_the_same_twice(in_any_mode: World) -> None:
    """Unchanged is unchanged."""
    in_any_mode.publish(PEOPLE)
    in_any_mode.run()

    assert _told_by_run(in_any_mode) == []


def test_a_withdrawal_removes_in_every_mode_that_put_somebody_in(in_any_mode: World) -> None:
    """Also the one who left the audience before, and had stayed."""
    in_any_mode.publish(PEOPLE)
    in_any_mode.run()
    in_any_mode.publish({"p1": PEOPLE["p1"], "p3": PEOPLE["p3"]}, CONSENTS)
    in_any_mode.run()
    since = len(in_any_mode.destination.batches)
    in_any_mode.publish(FEWER, {"p1": True, "p2": False, "p3": False})

    in_any_mode.run()

    gone = {"mirror": {"p3"}, "delete": set()}.get(in_any_mode.declaration.mode, {"p2", "p3"})
    assert set(_told(in_any_mode, since=since)) == {("remove", key) for key in gone}


def test_upsert_leaves_whoever_leaves(world: World) -> None:
    """Only changes go on."""
    _in(world, "upsert").publish(CHANGED | {"p4": "d@example.com"})
    assert _told_by_run(world) == [("upsert", "p1"), ("upsert", "p4")]

    world.publish(FEWER, CONSENTS)
    assert _told_by_run(world) == [("upsert", "p1")]
    assert set(world.destination.members) == world.held() == {"p1", "p2", "p3", "p4"}


def test_upsert_removes_who_was_merged_into_one_that_withdrew(world: World) -> None:
    """The destination knows them by the former id alone."""
    _in(world, "upsert").publish(FEWER, {"p1": True, "p9": False})
    world.consent({"p1": True, "p9": False}, merged={"p2": "p9"})

    assert _told_by_run(world) == [("remove", "p2")]


def test_update_only_asks_for_updates_and_leaves_out_who_is_absent(world: World) -> None:
    """Who is absent is tried again later, as what was refused is, and no failure meanwhile."""
    world.declaration = declaration(mode="update")
    world.destination.after_apply = lambda _: BatchResult(Verdict.ANSWERED, absent={"p2"})
    world.publish(PEOPLE)

    assert _told_by_run(world) == [("update", key) for key in PEOPLE]
    assert world.held() == {"p1", "p3"}
    assert ("p2", "update", "skipped_absent") in world.outcomes()
    assert _told_by_run(world) == []
    world.after(hours=1)
    assert _told_by_run(world) == [("update", "p2")]


def test_insert_only_never_changes(world: World) -> None:
    """Neither a new value nor leaving and coming back is sent."""
    for people in (CHANGED, FEWER, PEOPLE):
        _in(world, "insert") if not world.held() else None
        world.publish(people, CONSENTS)
        assert _told_by_run(world) == []
    assert _told(world) == [("insert", key) for key in PEOPLE]


def test_append_sends_each_row_once(world: World) -> None:
    """A row that was sent is not sent again when it comes back, nor in a full resync."""
    _in(world, "append").publish(CHANGED)
    assert _told_by_run(world) == [("append", "p1")]

    for people in (PEOPLE, FEWER, CHANGED):
        world.publish(people, CONSENTS)
        assert _told_by_run(world) == []
    world.destination.render_version = "fake-2"
    assert _told_by_run(world) == []
    assert world.run(full_resync=True).updated == 0


def test_append_does_not_send_again_what_may_have_arrived(world: World) -> None:
    """An abandoned run leaves it open whether a row arrived; twice would be worse."""
    world.declaration = declaration(mode="append")
    world.publish(FEWER)
    world.destination.after_apply = _kill
    with pytest.raises(KilledError):
        world.run()
    world.destination.after_apply = lambda _: None
    world.declaration = world.declaration.model_copy(update={"target": {"table": "other"}})

    world.run()
    assert _told(world) == [("append", "p1")]

    world.publish({"p1": "new@example.com"})
    assert _told_by_run(world) == [("append", "p1")]


def test_archive_archives_leavers_and_removes_who_withdraws_later(world: World) -> None:
    """What is archived is still there; whoever comes back comes out of the archive."""
    _in(world, "archive").publish(FEWER, CONSENTS)
    assert _told_by_run(world) == [("archive", "p2"), ("archive", "p3")]
    assert world.held() == {"p1"}

    world.publish(FEWER | {"p3": PEOPLE["p3"]}, CONSENTS | {"p2": False})
    assert _told_by_run(world) == [("remove", "p2"), ("upsert", "p3")]
    assert _told_by_run(world) == []


def test_delete_removes_the_members_of_the_model(world: World) -> None:
    """Whoever put them there; with the row to find them by, and without asking for consent."""
    world.destination.members = {"p1": {}, "p9": {}}
    world.declaration = declaration(mode="delete")
    world.publish(PEOPLE, {})

    assert _told_by_run(world) == [("remove", key) for key in PEOPLE]
    assert world.destination.batches[0].operations[0].last_row == {"email": "a@example.com"}
    assert set(world.destination.members) == {"p9"}
    world.publish(PEOPLE | {"p4": "d@example.com"}, {})
    assert _told_by_run(world) == [("remove", "p4")]


def test_a_great_deletion_waits_for_an_approval(world: World) -> None:
    """Except for those who withdrew: they are never held back."""
    world.declaration = declaration(mode="delete")
    many = {f"p{number:03}": "x@example.com" for number in range(60)}
    world.publish(many, {"p000": False})

    report = world.run()

    assert (report.status, report.removed, report.pending) == ("blocked", 1, 59)
    assert "59 people would be removed" in (report.reason or "")


@pytest.mark.parametrize(
    ("destination", "mode"),
    [("redis", "append"), ("smtp", "upsert"), ("klaviyo", "insert"), ("postgres", "archive")],
)
def test_a_mode_that_a_destination_cannot_honour_stops_the_load(
    destination: str, mode: Mode
) -> None:
    """With the exposure, and the modes that it can."""
    targets = {
        "redis": {"audience": "x"},
        "smtp": {"template": "x"},
        "klaviyo": {"list_id": "x"},
        "postgres": {"table": "people"},
    }
    sync = declaration(destination=destination, mode=mode).model_copy(
        update={"target": targets[destination]}
    )

    with pytest.raises(UsageError, match=f"test_people: .*mode cannot be {mode} at {destination}"):
        check_declarations([sync])


def test_a_receiver_of_words_takes_every_mode() -> None:
    """Its own code sees to them."""
    check_declarations(
        declaration(destination=name, mode=mode)
        for name in ("webhook", "csv", "s3", "sftp")
        for mode in get_args(Mode)
    )


def _kill(_: object) -> None:
    raise KilledError
