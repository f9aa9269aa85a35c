"""The delivery ledger: one DuckDB file that is only ever added to."""

import hmac
import logging
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import duckdb

from orchestration.locks import hold
from orchestration.settings import Settings
from orchestration.statements import statement
from orchestration.warehouse import attached, connect, told_without_values

logger = logging.getLogger(__name__)

HMAC_BLOCK_BYTES = 64
# A plan for a million people would take three times as much, and is hardly faster with it.
MEMORY_LIMIT = "280MB"


class Ledger:
    """The file activation.duckdb, opened for one commit at a time.

    DuckDB lets one process write a file. Opened per commit and guarded by a lock file, the
    ledger serves several syncs and a look at their status at once, and nobody waits long.
    """

    def __init__(self, settings: Settings) -> None:
        self._path = settings.ledger_path
        self._locks = settings.locks_path
        self._key_path = settings.home / "ledger.key"
        self._spill_path = settings.spill_path
        self._timeout_seconds = settings.lock_timeout_seconds
        self._engine: duckdb.DuckDBPyConnection | None = None
        self._is_made = False

    @contextmanager
    def session(self, work: str, **attachments: Path) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open the ledger as database `ledger`; all that is done in the block is one commit.

        Args:
            work: What is done in the block, as the start of an error's sentence.
            attachments: Further DuckDB files to read, by the names they get in SQL.

        Raises:
            BusyError: another process keeps the ledger for too long.
            WarehouseError: a file cannot be opened, or a statement failed.
        """
        with self._locked(), self._opened(work, attachments) as connection:
            yield connection

    def snapshot_to(self, path: Path) -> None:
        """Copy the ledger to where dbt reads it; the copy appears as a whole.

        Raises:
            BusyError: another process keeps the ledger for too long.
            WarehouseError: the ledger cannot be opened.
        """
        draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        with self._locked():
            # Opening and closing folds what a killed process left in the log into the file.
            with self._opened("Copying the delivery ledger", {}):
                pass
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self._path, draft)
        draft.chmod(0o600)
        draft.replace(path)

    @contextmanager
    def single_flight(self, sync: str) -> Iterator[None]:
        """Be the only one who runs this sync.

        A lease with a heartbeat would be needed between machines. On one machine the kernel
        frees the lock when its holder dies, also by kill -9, so nothing has to expire.

        Raises:
            BusyError: another process runs the sync.
        """
        with hold(self._locks / f"sync-{sync}.lock", 0, logger.info):
            yield

    def key(self) -> bytes:
        """Return the key of all digests in the ledger, made when it is first asked for.

        It lies outside the ledger: with a plain digest of a phone number, every number could
        be tried until one fits.
        """
        with self._locked():
            if not self._key_path.exists():
                draft = self._key_path.with_name(f"{self._key_path.name}.tmp")
                draft.touch(mode=0o600)
                draft.write_text(secrets.token_hex(32), encoding="ascii")
                draft.replace(self._key_path)
            return bytes.fromhex(self._key_path.read_text(encoding="ascii"))

    def _locked(self) -> AbstractContextManager[None]:
        return hold(self._locks / "ledger.lock", self._timeout_seconds, logger.info)

    @contextmanager
    def _opened(
        self, work: str, attachments: Mapping[str, Path]
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with told_without_values(work):
            connection = self._started()
            with ExitStack() as files:
                files.enter_context(_attached_for_writing(connection, self._path))
                for name, path in attachments.items():
                    files.enter_context(attached(connection, path, name))
                self._path.chmod(0o600)
                with _committed(connection):
                    if not self._is_made:
                        connection.execute(statement(__package__, "create_ledger"))
                    yield connection
                self._is_made = True

    def _started(self) -> duckdb.DuckDBPyConnection:
        # Starting DuckDB takes ten times as long as attaching a file to it.
        if self._engine is None:
            self._engine = connect(":memory:")
            spill = str(self._spill_path).replace("'", "''")
            self._engine.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
            self._engine.execute(f"set temp_directory = '{spill}'")
            self._engine.execute(statement(__package__, "keyed_digest"))
        return self._engine


class Digester:
    """HMAC-SHA-256 with the ledger's key, in Python and as parameters of `keyed_digest`."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        padded = key.ljust(HMAC_BLOCK_BYTES, b"\0")
        self.pads = {
            "inner_pad": bytes(byte ^ 0x36 for byte in padded),
            "outer_pad": bytes(byte ^ 0x5C for byte in padded),
        }

    def digest(self, message: bytes) -> str:
        """Return the keyed digest in hexadecimal form."""
        return hmac.new(self._key, message, "sha256").hexdigest()


@contextmanager
def _attached_for_writing(connection: duckdb.DuckDBPyConnection, path: Path) -> Iterator[None]:
    literal = str(path).replace("'", "''")
    connection.execute(f"attach '{literal}' as ledger")
    try:
        yield
    finally:
        connection.execute("detach ledger")


@contextmanager
def _committed(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
