"""A trial build: the present project on a copy of the warehouse, away from production."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.activation.ledger import Ledger
from orchestration.errors import UsageError
from orchestration.home import prepare_home
from orchestration.ingestion.runs import current_run
from orchestration.locks import hold
from orchestration.publishing.reading import published_run
from orchestration.settings import Settings
from orchestration.transformation.build import NodeEvent, stream_build
from orchestration.transformation.manifest import share_reading
from orchestration.warehouse import attached, connect, quoted, told_without_values

# What a difference tells of; tests stay out, since a bad rule is to be shown and not only refused.
BUILT = (
    "--exclude-resource-type=test",
    "--exclude-resource-type=unit_test",
    "--select=+path:models/marts/identity +path:models/marts/audiences +path:models/marts/privacy",
    "--full-refresh",
)

Tell = Callable[[str], None]


@contextmanager
def trial_build(settings: Settings, tell: Tell, on_model: Tell = lambda _: None) -> Iterator[Path]:
    """Build the people anew from the present assignment, and give the warehouse that came of it.

    Args:
        settings: The home whose people are to be compared.
        tell: Told what is worth knowing, in sentences.
        on_model: Told the name of each model when it is built.

    Raises:
        UsageError: nothing was published yet.
        BuildError: the present project cannot be built.
    """
    if published_run(settings) is None or not settings.warehouse_path.is_file():
        raise UsageError(
            f"{settings.home} has no published people to compare with; `onefold run` makes them."
        )
    trial = settings.model_copy(update={"home": settings.home / "trial"})

    with hold(settings.locks_path / "trial.lock", settings.lock_timeout_seconds, tell):
        # What a killed trial left is as personal as the warehouse itself.
        shutil.rmtree(trial.home, ignore_errors=True)
        try:
            prepare_home(trial)
            trial.home.chmod(0o700)
            _copy_warehouse(settings, trial, tell)
            share_reading(settings, trial)
            for event in stream_build(trial, BUILT):
                if name := _finished_model(event):
                    on_model(name)
            _write_out_views(trial.warehouse_path)
            yield trial.warehouse_path
        finally:
            shutil.rmtree(trial.home, ignore_errors=True)


def _copy_warehouse(settings: Settings, trial: Settings, tell: Tell) -> None:
    with hold(settings.locks_path / "run.lock", settings.lock_timeout_seconds, tell):
        log = Path(f"{settings.warehouse_path}.wal")
        shutil.copyfile(settings.warehouse_path, trial.warehouse_path)
        if log.is_file():
            shutil.copyfile(log, f"{trial.warehouse_path}.wal")
        Ledger(settings).snapshot_to(trial.ledger_snapshot_path)
        _start_from_published(settings, trial, tell)


def _start_from_published(settings: Settings, trial: Settings, tell: Tell) -> None:
    """Give the trial the assignment that readers see, where the warehouse holds another."""
    with connect(trial.warehouse_path) as warehouse:
        newest = current_run(warehouse)
        if newest is None or newest.run_id == published_run(settings):
            return
        tell(
            "The warehouse holds a run that was not published; what it loaded is part of the "
            "difference."
        )
        with (
            told_without_values("Copying the published people"),
            attached(warehouse, settings.published_path, "published"),
        ):
            for table in _shared_marts(warehouse):
                warehouse.execute(
                    f"create or replace table marts.{quoted(table)} as "
                    f"from published.marts.{quoted(table)}"
                )


def _shared_marts(warehouse: duckdb.DuckDBPyConnection) -> list[str]:
    found = warehouse.execute(
        "select table_name from duckdb_tables() "
        "where schema_name = 'marts' and database_name in ('published', current_database()) "
        "group by table_name having count(*) = 2 order by table_name"
    ).fetchall()
    return [name for (name,) in found]


def _write_out_views(warehouse_path: Path) -> None:
    """Make tables of the views among the marts, which name the warehouse they were made in."""
    with connect(warehouse_path) as warehouse:
        views = warehouse.execute(
            "select view_name from duckdb_views() "
            "where schema_name = 'marts' and database_name = current_database()"
        ).fetchall()
        for (name,) in views:
            view, table = quoted(name), quoted(f"{name}__written_out")
            warehouse.execute(f"create table marts.{table} as from marts.{view}")
            warehouse.execute(f"drop view marts.{view}")
            warehouse.execute(f"alter table marts.{table} rename to {view}")


def _finished_model(event: NodeEvent) -> str | None:
    is_result = event["info"]["name"] == "LogModelResult"
    return str(event["data"]["node_info"]["node_name"]) if is_result else None
