"""Promises of the guards: a broken source does not empty a destination."""

import pytest

from orchestration.activation import Ledger, approve
from orchestration.activation.destinations.protocol import Batch, BatchResult, Verdict
from orchestration.activation.snapshots import remove_snapshots
from orchestration.errors import OnefoldError, UsageError
from tests.unit.activation.world import World

MANY = {f"p{number:03d}": "x@example.com" for number in range(200)}
FEWER = dict(list(MANY.items())[:140])
CONSENTS = dict.fromkeys(MANY, True)


@pytest.fixture
def delivered(world: World) -> World:
    """Return a company that has delivered two hundred people."""
    world.destination.max_batch_size = 500
    world.publish(MANY)
    world.run()
    return world


def test_a_great_loss_is_held_back(delivered: World) -> None:
    """More than a fifth and more than fifty: nothing is sent, and the exit says so."""
    delivered.publish(FEWER, CONSENTS)

    report = delivered.run()

    assert (report.status, report.removed, report.pending) == ("blocked", 0, 60)
    assert "60 of 200" in (report.reason or "")
    assert len(delivered.destination.members) == 200


def test_a_small_loss_is_not_held_back(delivered: World) -> None:
    """Fifty people may always leave."""
    delivered.publish(dict(list(MANY.items())[:150]), CONSENTS)

    assert (delivered.run().status, len(delivered.destination.members)) == ("done", 150)


def test_an_emptied_model_is_held_back(world: World) -> None:
    """However few are held: an empty source is rather broken than empty."""
    world.publish({"p1": "a@example.com"})
    world.run()
    world.publish({}, {"p1": True})

    report = world.run()

    assert (report.status, set(world.destination.members)) == ("blocked", {"p1"})


def test_an_empty_model_with_nobody_held_is_no_fault(world: World) -> None:
    """A new company has an audience of nobody."""
    world.publish({})

    report = world.run()

    assert (report.status, report.run_id) == ("done", None)


def test_a_sync_whose_model_was_not_published_yet_says_so(world: World) -> None:
    """A sync that was just declared has a model only once a build went well."""
    world.publish({"p1": "a@example.com"})
    world.declaration = world.declaration.model_copy(update={"model_name": "sync_test__newcomers"})
    sentence = "^Sync test_people: sync_test__newcomers is not published yet, so nothing is sent"

    for attempt in (world.run, world.plan):
        with pytest.raises(OnefoldError, match=sentence):
            attempt()


def test_an_approval_lets_the_plan_through_once(delivered: World) -> None:
    """The next loss is held back again."""
    delivered.publish(FEWER, CONSENTS)
    blocked = delivered.run()

    assert approve(delivered.settings, blocked.run_id or "").status == "planned"
    report = delivered.run()

    assert (report.status, report.removed, report.run_id) == ("done", 60, blocked.run_id)
    delivered.publish(dict(list(MANY.items())[:70]), CONSENTS)
    assert delivered.run().status == "blocked"


def test_an_approval_does_not_cover_a_greater_loss(delivered: World) -> None:
    """Sixty were approved, not all."""
    delivered.publish(FEWER, CONSENTS)
    approve(delivered.settings, delivered.run().run_id or "")
    delivered.publish({}, CONSENTS)

    assert (delivered.run().status, len(delivered.destination.members)) == ("blocked", 200)


def test_when_the_source_is_back_the_next_plan_is_open_again(delivered: World) -> None:
    """A blocked plan is made anew, so nobody has to approve or cancel it."""
    delivered.publish({}, CONSENTS)
    blocked = delivered.run()
    delivered.publish(MANY | {"q1": "y@example.com"})

    report = delivered.run()

    assert (report.status, report.added, report.removed) == ("done", 1, 0)
    with pytest.raises(UsageError, match="not blocked"):
        approve(delivered.settings, blocked.run_id or "")


def test_withdrawals_are_never_held_back(delivered: World) -> None:
    """They leave at once, while the rest of the same plan waits."""
    withdrawn = dict(list(MANY.items())[-5:])
    delivered.publish(FEWER, CONSENTS | dict.fromkeys(withdrawn, False))

    report = delivered.run()

    assert (report.status, report.removed, report.pending) == ("blocked", 5, 55)
    assert not set(withdrawn) & set(delivered.destination.members)
    again = delivered.run()
    assert (again.run_id, again.removed, again.pending) == (report.run_id, 5, 55)


def test_a_withdrawal_is_told_once_whether_the_rest_is_approved_or_not(delivered: World) -> None:
    """The blocked run has told it; the approved one tells what leaves now."""
    withdrawn = dict(list(MANY.items())[-5:])
    delivered.publish(FEWER, CONSENTS | dict.fromkeys(withdrawn, False))
    blocked = delivered.run()
    approve(delivered.settings, blocked.run_id or "")

    report = delivered.run()

    assert (blocked.removed, report.removed, report.status) == (5, 55, "done")


def test_lost_consents_are_not_taken_for_withdrawals(delivered: World) -> None:
    """Without a single grant the register is broken, and the guards decide."""
    delivered.publish({}, {})

    report = delivered.run()

    assert (report.status, len(delivered.destination.members)) == ("blocked", 200)


def test_people_without_a_decision_are_not_taken_for_withdrawals(delivered: World) -> None:
    """Ids that were given out anew must not empty a destination unguarded."""
    renumbered = {f"n{number}": f"n{number}@example.com" for number in range(3)}
    delivered.publish(renumbered, dict.fromkeys(renumbered, True))

    report = delivered.run()

    assert (report.status, len(delivered.destination.members)) == ("blocked", 200)


def test_refused_messages_and_erasure_are_withdrawals(delivered: World) -> None:
    """No guard holds back the removal of those who unsubscribed or were erased."""
    gone = sorted(MANY)[:60]
    left = {key: value for key, value in MANY.items() if key not in gone}
    delivered.publish(left, CONSENTS)
    delivered.consent(CONSENTS, suppressed=gone[:40], erased=gone[40:])

    report = delivered.run()

    assert (report.status, report.removed) == ("done", 60)


def test_a_failed_test_holds_everything_but_withdrawals(delivered: World) -> None:
    """Whoever starts the sync says what failed."""
    delivered.publish(MANY | {"q1": "y@example.com"}, CONSENTS | {"q1": True, "p000": False})
    delivered.publish(
        {key: value for key, value in MANY.items() if key != "p000"} | {"q1": "y@example.com"},
        CONSENTS | {"q1": True, "p000": False},
    )

    report = delivered.run(hold="a test of single_customer_view failed")

    assert (report.status, report.removed, report.added) == ("blocked", 1, 0)
    assert "single_customer_view" in (report.reason or "")


def test_an_approval_covers_the_hold_that_it_was_asked_for(delivered: World) -> None:
    """What fails after the approval was in nobody's mind when it was given."""
    delivered.publish(MANY | {"q1": "y@example.com"}, CONSENTS | {"q1": True})
    blocked = delivered.run(hold="run 7 was not published")
    approve(delivered.settings, blocked.run_id or "")

    assert delivered.run(hold="run 8 was not published").status == "blocked"
    approve(delivered.settings, blocked.run_id or "")
    report = delivered.run(hold="run 8 was not published")

    assert (report.status, report.added, report.run_id) == ("done", 1, blocked.run_id)


def test_an_approved_loss_is_no_answer_to_a_hold(delivered: World) -> None:
    """The plan may go out as far as its size goes, and waits for the failed test all the same."""
    delivered.publish(FEWER, CONSENTS)
    approve(delivered.settings, delivered.run().run_id or "")

    report = delivered.run(hold="run 8 was not published")

    assert (report.status, report.reason) == ("blocked", "run 8 was not published")


def test_a_plan_names_the_run_that_can_be_approved(delivered: World) -> None:
    """The dry run blocks like the real one, and the real one keeps the name."""
    delivered.publish(FEWER, CONSENTS)

    report = delivered.plan()

    assert (report.status, report.removed, report.pending) == ("blocked", 60, 60)
    assert delivered.run().run_id == report.run_id


def people(prefix: str, count: int) -> dict[str, str]:
    """Return so many people."""
    return {f"{prefix}{number:04d}": "x@example.com" for number in range(count)}


def test_a_great_growth_is_held_back(delivered: World) -> None:
    """Six hundred and one beside two hundred: somebody may have lost a condition."""
    delivered.publish(MANY | people("q", 601))

    report = delivered.run()

    assert (report.status, report.added, report.pending) == ("blocked", 0, 601)
    assert report.reason == "601 people would be new beside 200, more than 300% and more than 500"
    assert len(delivered.destination.members) == 200


def test_a_growth_up_to_the_limit_is_not_held_back(delivered: World) -> None:
    """Three times as many."""
    delivered.publish(MANY | people("q", 600))

    assert (delivered.run().status, len(delivered.destination.members)) == ("done", 800)


def test_a_small_company_may_grow_as_it_likes(world: World) -> None:
    """Five hundred more are nothing to ask about; a first delivery is not, however large."""
    world.destination.max_batch_size = 500
    world.publish({"p1": "a@example.com"})
    world.run()
    world.publish({"p1": "a@example.com"} | people("q", 500))

    assert (world.run().status, len(world.destination.members)) == ("done", 501)


def test_an_approved_growth_goes_out_and_a_greater_one_does_not(delivered: World) -> None:
    """What was approved is what was counted."""
    delivered.publish(MANY | people("q", 700))
    blocked = delivered.run()
    approve(delivered.settings, blocked.run_id or "")
    delivered.publish(MANY | people("q", 701))

    assert (delivered.run().status, len(delivered.destination.members)) == ("blocked", 200)
    approve(delivered.settings, blocked.run_id or "")
    assert (delivered.run().status, len(delivered.destination.members)) == ("done", 901)


def test_refused_rows_that_are_due_again_are_no_growth(world: World) -> None:
    """They were in a plan before, and that one went out."""
    world.destination.max_batch_size = 1000
    world.destination.refuses = lambda operation: operation.key.startswith("q")
    world.publish({"p1": "a@example.com"} | people("q", 600))
    world.run()
    world.destination.refuses = lambda _: False
    world.after(hours=2)

    assert (world.run().status, len(world.destination.members)) == ("done", 601)


def test_many_people_under_another_id_are_held_back(delivered: World) -> None:
    """A rule that joins too much shows here first, and below the limit for losses."""
    merged = dict(zip(sorted(MANY)[:30], sorted(MANY)[100:130], strict=True))
    stayed = {key: value for key, value in MANY.items() if key not in merged}
    delivered.publish(stayed | people("s", 21))
    delivered.consent(
        dict.fromkeys([*stayed, *people("s", 21)], True),
        merged=merged,
        split_off=dict.fromkeys(people("s", 21), sorted(MANY)[150]),
    )

    report = delivered.run()

    assert (report.status, report.pending) == ("blocked", 51)
    assert "51 changes come of people who were joined or parted" in (report.reason or "")
    approve(delivered.settings, report.run_id or "")
    assert (delivered.run().status, len(delivered.destination.members)) == ("done", 191)


def test_an_approval_of_other_ids_covers_a_newcomer_more(delivered: World) -> None:
    """Or no such plan would ever go out where people come every hour."""
    merged = dict(zip(sorted(MANY)[:60], sorted(MANY)[100:160], strict=True))
    stayed = {key: value for key, value in MANY.items() if key not in merged}
    delivered.publish(stayed)
    delivered.consent(dict.fromkeys(stayed, True), merged=merged)
    delivered.settings = delivered.settings.model_copy(update={"max_removed_rows": 100})
    approve(delivered.settings, delivered.run().run_id or "")
    delivered.publish(stayed | people("q", 1))
    delivered.consent(dict.fromkeys([*stayed, *people("q", 1)], True), merged=merged)

    assert (delivered.run().status, len(delivered.destination.members)) == ("done", 141)


def test_newcomers_who_were_parted_from_strangers_are_newcomers(delivered: World) -> None:
    """The log of changes goes back for years."""
    newcomers = people("s", 60)
    delivered.publish(MANY | newcomers)
    delivered.consent(
        dict.fromkeys([*MANY, *newcomers], True), split_off=dict.fromkeys(newcomers, "z1")
    )

    assert (delivered.run().status, len(delivered.destination.members)) == ("done", 260)


def test_withdrawals_of_a_blocked_plan_go_on_while_another_run_publishes(delivered: World) -> None:
    """A publish removes the snapshots that nobody reads, and the blocked run reads one."""
    gone = dict.fromkeys(sorted(MANY)[:12], False)
    stayed = dict(sorted(MANY.items())[12:])

    def publish_meanwhile(_: Batch) -> BatchResult | None:
        if len(delivered.destination.members) == 198:
            delivered.publish(stayed, CONSENTS | gone)
            remove_snapshots(delivered.settings, Ledger(delivered.settings))
        return None

    delivered.destination.max_batch_size = 2
    delivered.destination.before_apply = publish_meanwhile
    delivered.publish(stayed, CONSENTS | gone)

    report = delivered.run(hold="run 7 was not published")

    assert (report.status, report.removed, report.pending) == ("blocked", 12, 0)


def test_what_holds_a_sync_is_asked_right_before_the_plan(world: World) -> None:
    """An open run may take hours to be finished, in which a test can fail."""
    world.publish({"p1": "a@example.com"})
    world.destination.before_apply = lambda _: BatchResult(Verdict.AUTH)
    world.run()
    world.destination.before_apply = lambda _: None
    world.publish({"p1": "a@example.com", "p2": "b@example.com"})

    report = world.run(hold=lambda: "a test failed" if world.destination.members else None)

    assert (report.status, set(world.destination.members)) == ("blocked", {"p1"})


def test_a_few_people_under_another_id_are_not_held_back(delivered: World) -> None:
    """Fifty are the daily work of an identity graph."""
    merged = dict(zip(sorted(MANY)[:50], sorted(MANY)[100:150], strict=True))
    stayed = {key: value for key, value in MANY.items() if key not in merged}
    delivered.publish(stayed)
    delivered.consent(dict.fromkeys(stayed, True), merged=merged)

    assert (delivered.run().status, len(delivered.destination.members)) == ("done", 150)
