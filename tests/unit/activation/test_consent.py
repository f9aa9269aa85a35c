"""Promises about consent: nobody is written to after a withdrawal."""

import pytest

from orchestration.activation.destinations.protocol import Batch, BatchResult, Verdict
from orchestration.errors import OnefoldError
from tests.unit.activation.world import KilledError, World

PEOPLE = {"p1": "a@example.com", "p2": "b@example.com", "p3": "c@example.com"}
AMBIGUOUS = BatchResult(Verdict.AMBIGUOUS, error_code="timeout")


def test_a_withdrawal_between_plan_and_batch_is_not_sent(world: World) -> None:
    """The consents are read anew before each batch, not once per run."""
    world.publish(PEOPLE)
    world.destination.after_apply = lambda _: world.consent({"p1": True, "p2": True, "p3": False})

    report = world.run()

    assert set(world.destination.members) == {"p1", "p2"}
    assert ("p3", "add", "skipped_consent") in world.outcomes()
    assert (report.status, report.added, report.pending) == ("done", 2, 0)


def test_a_withdrawal_before_a_retry_leads_to_a_removal(world: World) -> None:
    """The unanswered attempt may have been applied, so the person is removed, under a new key."""
    world.publish({"p1": "a@example.com"})
    world.destination.after_apply = _once(AMBIGUOUS, lambda: world.consent({"p1": False}))

    world.run()

    assert world.destination.members == {}
    first, second = world.destination.batches
    assert [operation.op for operation in second.operations] == ["remove"]
    assert first.idempotency_key != second.idempotency_key


def test_a_withdrawal_instead_of_an_update_leads_to_a_removal(world: World) -> None:
    """The destination holds the person from before."""
    world.publish(PEOPLE)
    world.run()
    world.publish(PEOPLE | {"p1": "new@example.com", "p2": "new@example.com"})
    world.destination.max_batch_size = 1
    world.destination.after_apply = lambda _: world.consent({"p1": True, "p2": False, "p3": True})

    world.run()

    assert set(world.destination.members) == world.held() == {"p1", "p3"}


def test_no_consents_no_delivery(world: World) -> None:
    """Without the consents nothing is sent: not to know is not to have been told yes."""
    world.publish(PEOPLE)
    world.settings.published_path.unlink()

    with pytest.raises(OnefoldError, match="no consent can be read"):
        world.run()
    assert not world.destination.batches


def test_consents_that_become_unreadable_stop_the_run(world: World) -> None:
    """What was delivered stays delivered; the rest waits."""
    world.publish(PEOPLE)
    world.destination.after_apply = lambda _: _damage(world)

    report = world.run()

    assert (report.status, report.pending) == ("failed", 1)
    assert len(world.destination.batches) == 1
    world.destination.after_apply = lambda _: None
    world.consent(dict.fromkeys(PEOPLE, True))
    assert (world.run().status, set(world.destination.members)) == ("done", set(PEOPLE))


def test_a_withdrawal_while_a_run_was_killed_is_removed(world: World) -> None:
    """A restart days later does not send to whom has withdrawn in between."""
    world.publish({"p1": "a@example.com", "p2": "b@example.com"})
    world.destination.after_apply = _kill
    with pytest.raises(KilledError):
        world.run()
    world.destination.after_apply = lambda _: None
    world.consent({"p1": True, "p2": False})

    world.run()

    assert set(world.destination.members) == {"p1"}


def _damage(world: World) -> None:
    world.settings.published_path.write_text("damaged")


def _kill(_: Batch) -> None:
    raise KilledError


def _once(result: BatchResult, action):  # noqa: ANN001, ANN202 - a fault for `after_apply`
    answers = iter([result])

    def fault(_: Batch) -> BatchResult | None:
        answer = next(answers, None)
        if answer:
            action()
        return answer

    return fault


def test_consent_to_mailings_is_none_for_advertising(world: World) -> None:
    """A purpose of its own: the model has them by mistake, the gate has the last word."""
    world.declaration = world.declaration.model_copy(
        update={"purpose": "ads_matching", "channel": "any"}
    )
    world.publish(PEOPLE)

    report = world.run()

    assert world.destination.members == {}
    assert {outcome for *_, outcome in world.outcomes()} == {"skipped_consent"}
    assert report.added == 0


def test_advertising_asks_for_the_latest_word_on_any_channel(world: World) -> None:
    """Whoever takes it back on one channel is removed at the next run, before anything else."""
    world.declaration = world.declaration.model_copy(
        update={"purpose": "ads_matching", "channel": "any"}
    )
    world.publish(PEOPLE)
    world.consent(dict.fromkeys(PEOPLE, True), purpose="ads_matching")
    world.run()
    world.publish({"p1": "a@example.com", "p3": "c@example.com"})
    world.consent({"p1": True, "p2": False, "p3": True}, purpose="ads_matching")

    plan = world.plan()

    assert set(world.destination.members) == set(PEOPLE)
    assert (plan.removed, plan.added, plan.status) == (1, 0, "planned")


def test_whoever_withdraws_while_a_run_is_put_off_leaves_before_others_are_added(
    world: World,
) -> None:
    """An earlier run had put them in; this one has nothing to do with them."""
    world.publish({"p1": "1@example.com"})
    world.run()
    world.destination.max_batch_size = 1
    newcomers = {f"p{number}": f"{number}@example.com" for number in range(2, 5)}
    world.publish({"p1": "1@example.com"} | newcomers)
    world.destination.before_apply = lambda batch: (
        BatchResult(Verdict.AUTH) if batch.number == 2 else None
    )
    assert world.run().status == "failed"
    world.destination.before_apply = lambda _: None
    world.publish(newcomers, dict.fromkeys(newcomers, True) | {"p1": False})
    before = len(world.destination.batches)

    assert world.run().status == "done"
    sent = [(o.op, o.key) for each in world.destination.batches[before:] for o in each.operations]
    assert sent == [("remove", "p1"), ("upsert", "p3"), ("upsert", "p4")]
