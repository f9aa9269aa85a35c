"""The session that all steps of a run share, and the lock that makes it the only one."""

from collections.abc import Iterator

import dagster as dg

from orchestration.defs.monitoring.dead_runs import fail_dead_runs, kept_alive
from orchestration.defs.monitoring.failures import told_in_one_sentence
from orchestration.home import prepare_home
from orchestration.locks import hold
from orchestration.run_session import RunSession
from orchestration.settings import get_settings


@dg.resource(description="One run at a time: a second one waits here for the first to end.")
def run_session(context: dg.InitResourceContext) -> Iterator[RunSession]:
    """Hold the run lock from the first step to the last."""
    instance, run_id, log = context.instance, context.run_id, context.log
    if instance is None or run_id is None or log is None:
        raise dg.DagsterInvariantViolationError("A session exists only within a run.")

    with told_in_one_sentence():
        settings = get_settings()
        prepare_home(settings)
        with (
            kept_alive(settings, run_id),
            hold(settings.locks_path / "run.lock", settings.lock_timeout_seconds, log.info),
            RunSession(settings, log.info) as session,
        ):
            fail_dead_runs(settings, instance, run_id)
            yield session
