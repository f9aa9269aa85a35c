"""The session that all steps of a run share, and the lock that makes it the only one."""

from collections.abc import Iterator

import dagster as dg

from orchestration.defs.monitoring.dead_runs import fail_dead_runs, kept_alive
from orchestration.defs.monitoring.failures import told_in_one_sentence
from orchestration.home import LONGEST_RUN_SECONDS, prepare_home
from orchestration.run_session import RunSession
from orchestration.settings import get_settings

# Tags of a run that somebody waits for at a terminal.
BY_COMMAND = {"onefold/started_by": "command"}


@dg.resource(description="One run at a time builds: a second one waits here until it delivers.")
def run_session(context: dg.InitResourceContext) -> Iterator[RunSession]:
    """Hold the run lock from the first step on, except while deliveries go on."""
    instance, run_id, log = context.instance, context.run_id, context.log
    if instance is None or run_id is None or log is None:
        raise dg.DagsterInvariantViolationError("A session exists only within a run.")

    with told_in_one_sentence():
        settings = get_settings()
        prepare_home(settings)
        # A run that Dagster's queue let through would have waited in it as long.
        by_command = (
            context.dagster_run is None or BY_COMMAND.items() <= context.dagster_run.tags.items()
        )
        wait_seconds = settings.lock_timeout_seconds if by_command else LONGEST_RUN_SECONDS
        with (
            kept_alive(settings, run_id),
            RunSession(settings, log.info, wait_seconds) as session,
        ):
            fail_dead_runs(settings, instance, run_id)
            yield session
