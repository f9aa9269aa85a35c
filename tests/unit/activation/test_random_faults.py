"""Property of the whole: whatever fails, the destination ends up equal to what is wanted."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.activation import checkpoints
from orchestration.activation.destinations.protocol import Batch, BatchResult, Verdict
from orchestration.activation.ledger import Ledger
from tests.unit.activation.pages import broken_promises
from tests.unit.activation.world import KilledError, World

KEYS = [f"p{number}" for number in range(5)]

FAULTS = st.sampled_from(
    ["none", "none", "lost_before", "lost_after", "kill_before", "kill_after", "refuse", "rows"]
)
# Each round wants a set of people, some of whom get a new row.
ROUNDS = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from(KEYS), st.sampled_from(["a", "b"])),
        st.sets(st.sampled_from(KEYS)),
        st.lists(FAULTS, max_size=6),
        st.integers(min_value=0, max_value=12),
    ),
    min_size=1,
    max_size=4,
)


@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(rounds=ROUNDS)
def test_the_destination_ends_equal_to_what_is_wanted(
    rounds: list[tuple[dict[str, str], set[str], list[str], int]],
) -> None:
    """Lost requests and answers, kills, refusals and withdrawals, then one quiet run."""
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.object(checkpoints, "RUNS_PER_CHECKPOINT", 2),
    ):
        world = World(Path(folder))
        world.settings = world.settings.model_copy(update={"max_removed_share": 1.0})
        for people, withdrawn, faults, kill_at in rounds:
            wanted = {key: email for key, email in people.items() if key not in withdrawn}
            world.publish(
                wanted | {"always": "x"}, {key: key not in withdrawn for key in [*KEYS, "always"]}
            )
            world.after(days=8)
            _run_with(world, iter(faults), kill_at)

        world.destination.before_apply = lambda _: None
        world.destination.after_apply = lambda _: None
        world.destination.refuses = lambda _: False
        world.after(days=8)
        world.run()

        members = {key: row["email"] for key, row in world.destination.members.items()}
        assert members == wanted | {"always": "x"}
        assert world.held() == set(members)
        assert broken_promises(world) == []


def _run_with(world: World, faults: Iterator[str], kill_at: int) -> None:
    """Run once, with a fault per attempt and a kill at one of the commits."""
    current = {"fault": "none"}

    def before(_: Batch) -> BatchResult | None:
        current["fault"] = next(faults, "none")
        match current["fault"]:
            case "lost_before":
                return BatchResult(Verdict.AMBIGUOUS, error_code="timeout")
            case "rows":
                return BatchResult(Verdict.ROWS, error_code="http_422")
            case "kill_before":
                raise KilledError
        return None

    def after(_: Batch) -> BatchResult | None:
        match current["fault"]:
            case "lost_after":
                return BatchResult(Verdict.AMBIGUOUS, error_code="timeout")
            case "kill_after":
                raise KilledError
        return None

    world.destination.before_apply = before
    world.destination.after_apply = after
    world.destination.refuses = lambda _: current["fault"] == "refuse"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Ledger, "session", _killing_session(kill_at))
        try:
            world.run()
        except KilledError:
            return


def _killing_session(kill_at: int):  # noqa: ANN202 - a stand-in for `Ledger.session`
    from contextlib import contextmanager  # noqa: PLC0415

    session = Ledger.session
    count = 0
    is_dead = False

    @contextmanager
    def killed(ledger: Ledger, work: str, **attached: Path) -> Iterator[duckdb.DuckDBPyConnection]:
        nonlocal count, is_dead
        if is_dead:
            # A killed process writes nothing more, unlike one that cleans up after an error.
            raise KilledError
        count += 1
        is_dead = count == kill_at
        with session(ledger, work, **attached) as connection:
            yield connection
            if is_dead and kill_at % 2:
                raise KilledError
        if is_dead:
            raise KilledError

    return killed
