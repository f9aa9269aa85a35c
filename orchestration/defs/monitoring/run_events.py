"""What Dagster's events say of a run: its progress, and why it failed."""

import logging
from collections.abc import Sequence
from typing import Protocol, Self

import dagster as dg

from orchestration.run_progress import Progress, Tell


class KeptError(Protocol):
    """An error as Dagster keeps it, with what it was wrapped around."""

    @property
    def cls_name(self) -> str | None:
        """Name of the class."""

    @property
    def message(self) -> str:
        """Class and text, as in a traceback."""

    @property
    def cause(self) -> Self | None:
        """What was wrapped."""


class Listener:
    """Turns the events of one run into news, as they happen."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    def __call__(self, entry: dg.EventLogEntry) -> None:
        """Tell one event, where there is anything to tell."""
        event = entry.dagster_event
        if event is None:
            # Our own sentences are information; Dagster's warnings speak of its own affairs.
            if entry.level == logging.INFO:
                self._tell(Progress("told", entry.step_key or "", entry.user_message))
        elif event.is_step_start:
            self._tell(Progress("started", str(event.step_key)))
        elif event.is_step_success:
            self._tell(Progress("ended", str(event.step_key)))
        elif event.is_step_failure:
            self._tell(Progress("failed", str(event.step_key)))
        elif event.is_step_materialization and event.asset_key is not None:
            name = event.asset_key.to_user_string()
            self._tell(Progress("advanced", str(event.step_key), name))


def failure_sentence(events: Sequence[dg.DagsterEvent]) -> str | None:
    """Return what the first failed step, or else the run itself, says of its failure."""
    for event in events:
        if event.is_step_failure:
            failure = event.step_failure_data.user_failure_data
            if failure is not None and failure.description:
                return failure.description
            return _innermost(event.step_failure_data.error)

    failures = [event for event in events if event.is_run_failure]
    return _innermost(failures[0].job_failure_data.error) if failures else None


def _innermost(error: KeptError | None) -> str:
    """Return the sentence at the bottom of a chain of wrapped errors.

    Only our own sentences are passed on: any other text may quote the data.
    """
    if error is None:
        return "The run failed; Dagster gives no reason."
    while error.cause is not None:
        error = error.cause
    if error.cls_name == dg.Failure.__name__:
        return error.message.split(": ", 1)[-1].strip()
    return f"The run failed with an unforeseen {error.cls_name}."
