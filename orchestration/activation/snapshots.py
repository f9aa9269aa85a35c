"""Snapshots: what a publish handed over to the syncs, immutable and readable by us alone."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import duckdb

from orchestration.activation.ledger import Digester, Ledger
from orchestration.activation.runs import pinned_snapshots
from orchestration.errors import OnefoldError, WarehouseError
from orchestration.settings import Settings
from orchestration.statements import statement
from orchestration.warehouse import attached


def snapshot_path(settings: Settings, snapshot_id: str) -> Path:
    """Return where the snapshot of a publishing run lies."""
    return settings.snapshots_path / f"{snapshot_id}.duckdb"


def digest_rows(
    connection: duckdb.DuckDBPyConnection, digester: Digester, models: Iterable[str]
) -> None:
    """Put the digests of the rows of sync models beside them, in the schema `row_digests`.

    Made once per snapshot and not per plan: for a million rows they take longer than the rest of
    a plan.
    """
    connection.execute(statement(__package__, "keyed_digest"))
    connection.execute("create schema if not exists row_digests")
    for model in models:
        connection.execute(statement(__package__, "digest_rows").format(model=model), digester.pads)


def newest_snapshot(settings: Settings, ledger: Ledger) -> str:
    """Return the snapshot of the run that is published, or else the one handed over last.

    A publish that was killed may have left a newer one, of a run that nobody published.

    Raises:
        OnefoldError: nothing was published yet.
    """
    published = _published_run(settings, ledger)
    if published and snapshot_path(settings, published).is_file():
        return published
    paths = (settings.snapshots_path).glob("*.duckdb")
    newest = max(paths, key=lambda path: (_made_at(path), path.name), default=None)
    if newest is None:
        raise OnefoldError("Nothing is published yet, so nothing can be sent; run `onefold run`.")
    return newest.stem


@contextmanager
def session_with_newest_snapshot(
    settings: Settings, ledger: Ledger, work: str, **attachments: Path
) -> Iterator[tuple[duckdb.DuckDBPyConnection, str]]:
    """Open the ledger, as its session does, with the newest snapshot as database `snapshot`.

    Raises:
        OnefoldError: nothing was published yet, or a file cannot be opened.
    """
    with ExitStack() as opened:
        while True:
            snapshot_id = newest_snapshot(settings, ledger)
            path = snapshot_path(settings, snapshot_id)
            try:
                session = ledger.session(work, snapshot=path, **attachments)
                connection = opened.enter_context(session)
            except OnefoldError:
                # Another run published between the two looks, and removed what nobody reads.
                if path.exists():
                    raise
            else:
                break
        yield connection, snapshot_id


def _published_run(settings: Settings, ledger: Ledger) -> str | None:
    path = settings.published_path
    if not path.is_file():
        return None
    # In the engine of the ledger, since to start another takes ten times as long; by a cursor,
    # so that the session is not the worse for a file that cannot be read.
    with ledger.session("Reading which run is published") as connection:
        look = connection.cursor()
        with suppress(WarehouseError, duckdb.Error), attached(look, path, "published"):
            row = look.execute("select run_id from published.marts.run").fetchone()
            return str(row[0]) if row else None
    return None


def remove_snapshots(settings: Settings, ledger: Ledger) -> None:
    """Remove the snapshots before the newest one that no open run reads: they hold contacts.

    One that is newer than what is published may be about to be, by another run.
    """
    paths = list((settings.snapshots_path).glob("*.duckdb"))
    if not paths:
        return
    newest = snapshot_path(settings, newest_snapshot(settings, ledger))
    # Within the session nobody can plan from one.
    with ledger.session("Reading the delivery ledger") as connection:
        pinned = pinned_snapshots(connection)
        made_at = _made_at(newest)
        for path in paths:
            if path.stem not in pinned and _made_at(path) < made_at:
                path.unlink(missing_ok=True)


def _made_at(path: Path) -> int:
    """Return when a snapshot was made; one that another run removed meanwhile is the oldest."""
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0
