"""The last look at the consents: who of a run must not be written to, as of now."""

from pathlib import Path

import duckdb

from orchestration.activation.declarations import SyncDeclaration
from orchestration.activation.runs import Run
from orchestration.statements import statement

Version = tuple[int, int, int]


class ConsentsInForce:
    """The decisions in the published file, which is only ever replaced as a whole.

    Looking through a million decisions takes longer than sending to a thousand people, so it is
    done once per published file, and before every batch it is seen to that it is still that file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: Version | None = None

    def version(self) -> Version | None:
        """Return what tells the file of this moment from others."""
        try:
            status = self.path.stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns, status.st_size

    def is_read(self, version: Version | None) -> bool:
        """Return whether `unconsented_units` is of this file."""
        return version is not None and version == self._read

    def note_as_read(self, version: Version | None) -> None:
        """Remember which file `unconsented_units` is of."""
        self._read = version


def find_unconsented_units(
    connection: duckdb.DuckDBPyConnection, run: Run, declaration: SyncDeclaration
) -> None:
    """Put the units of a run that must not be sent to into the temp table `unconsented_units`."""
    connection.execute(
        statement(__package__, "unconsented_units"),
        {
            "sync": run.sync,
            "run_no": run.run_no,
            "purpose": declaration.purpose,
            "channel": declaration.channel,
        },
    )
