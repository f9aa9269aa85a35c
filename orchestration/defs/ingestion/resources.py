"""The session that all steps of a run share, and the lock that makes it the only one."""

from collections.abc import Iterator

import dagster as dg

from orchestration.defs.monitoring.dead_runs import fail_dead_runs, kept_alive
from orchestration.defs.monitoring.failures import told_in_one_sentence
from orchestration.home import LONGEST_RUN_SECONDS, prepare_home
from orchestration.ingestion.runs import Run
from orchestration.run_session import RunSession
from orchestration.settings import get_settings

# Of a run that somebody waits for at a terminal: its own name, since whoever repeats the run in
# Dagster's UI repeats its tags.
BY_COMMAND_TAG = "onefold/started_by_command"
# Names a run as the tables do, from the moment when it is noted in the warehouse.
RUN_ID_TAG = "onefold/run_id"


@dg.resource(description="One run at a time builds: a second one waits here until it delivers.")
def run_session(context: dg.InitResourceContext) -> Iterator[RunSession]:
    """Hold the run lock from the first step on, except while deliveries go on."""
    instance, dagster_run, log = context.instance, context.run, context.log
    if instance is None or dagster_run is None or log is None:
        raise dg.DagsterInvariantViolationError("A session exists only within a run.")

    def name_run(run: Run) -> None:
        instance.add_run_tags(dagster_run.run_id, {RUN_ID_TAG: run.run_id})

    with told_in_one_sentence():
        settings = get_settings()
        prepare_home(settings)
        if RUN_ID_TAG in dagster_run.tags:
            # The name of a run that this one repeats; a tag cannot be taken away.
            instance.add_run_tags(dagster_run.run_id, {RUN_ID_TAG: ""})
        # A run that Dagster's queue let through would have waited in it as long.
        by_command = dagster_run.tags.get(BY_COMMAND_TAG) == dagster_run.run_id
        wait_seconds = settings.lock_timeout_seconds if by_command else LONGEST_RUN_SECONDS
        with (
            kept_alive(settings, dagster_run.run_id),
            RunSession(settings, log.info, wait_seconds, name_run) as session,
        ):
            fail_dead_runs(settings, instance, dagster_run.run_id)
            yield session
