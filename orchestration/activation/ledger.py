"""The delivery ledger: one DuckDB file that is only ever added to."""

import hmac
import logging
import secrets
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cached_property
from pathlib import Path

import duckdb

from orchestration.activation.ledger_file import ledger_file
from orchestration.drafts import draft_beside
from orchestration.errors import WarehouseError
from orchestration.locks import hold, is_held
from orchestration.settings import Settings
from orchestration.warehouse import attached, told_without_values

logger = logging.getLogger(__name__)

HMAC_BLOCK_BYTES = 64
KEY_BYTES = 32


class Ledger:
    """The file activation.duckdb, one commit at a time.

    DuckDB lets one process write a file. Guarded by a lock file, the ledger serves several syncs
    and a look at their status at once, and nobody waits for longer than a commit takes.
    """

    def __init__(self, settings: Settings) -> None:
        self._path = settings.ledger_path
        self._locks = settings.locks_path
        self._key_path = settings.ledger_key_path
        self._snapshot_path = settings.ledger_snapshot_path
        self._timeout_seconds = settings.lock_timeout_seconds
        lock_path = settings.locks_path / "ledger.lock"
        self._file = ledger_file(settings.ledger_path, lock_path, settings.spill_path)

    @contextmanager
    def session(self, work: str, **attachments: Path) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open the ledger as database `ledger`; all that is done in the block is one commit.

        Args:
            work: What is done in the block, as the start of an error's sentence.
            attachments: Further DuckDB files to read, by the names they get in SQL.

        Raises:
            BusyError: another process keeps the ledger for too long.
            WarehouseError: a file is missing or cannot be opened, or a statement failed.
        """
        self._must_not_be_lost()
        with (
            told_without_values(work),
            self._file.turn(self._timeout_seconds),
            ExitStack() as files,
        ):
            for name, path in attachments.items():
                files.enter_context(attached(self._connection, path, name))
            with _committed(self._connection):
                yield self._connection

    def kept_open(self) -> AbstractContextManager[None]:
        """Keep the ledger open between the sessions of the block, unless somebody waits for it."""
        return self._file.kept_open()

    def snapshot_to(self, path: Path) -> None:
        """Copy the ledger to where dbt reads it; the copy appears as a whole.

        Raises:
            BusyError: another process keeps the ledger for too long.
            WarehouseError: the ledger is missing or cannot be opened.
        """
        self._must_not_be_lost()
        draft = draft_beside(path)
        with (
            told_without_values("Copying the delivery ledger"),
            self._file.closed(self._timeout_seconds),
        ):
            shutil.copyfile(self._path, draft)
        draft.chmod(0o600)
        draft.replace(path)

    def _must_not_be_lost(self) -> None:
        # Taken for a first run, everybody would be sent again, and nobody would ever be removed.
        if self._snapshot_path.exists() and not self._path.exists():
            raise WarehouseError(
                f"{self._path.name} is missing, and with it what the destinations hold; "
                f"copy {self._snapshot_path.name}, which is as of the last run, in its place, "
                f"or remove that too to send everything anew."
            )

    @contextmanager
    def single_flight(self, sync: str, wait_seconds: float = 0) -> Iterator[None]:
        """Be the only one who plans or runs this sync.

        A lease with a heartbeat would be needed between machines. On one machine the kernel
        frees the lock when its holder dies, also by kill -9, so nothing has to expire.

        Raises:
            BusyError: another process still works on the sync when the wait is over.
        """
        with hold(self._lock_of(sync), wait_seconds, logger.info):
            yield

    def is_in_flight(self, sync: str) -> bool:
        """Return whether somebody plans or runs this sync."""
        return is_held(self._lock_of(sync))

    def _lock_of(self, sync: str) -> Path:
        return self._locks / f"sync-{sync}.lock"

    def key(self) -> bytes:
        """Return the key of all digests in the ledger, made when it is first asked for.

        It lies outside the ledger: with a plain digest of a phone number, every number could
        be tried until one fits.

        Raises:
            BusyError: another process makes it for too long.
            WarehouseError: the file does not hold the key any more.
        """
        with hold(self._locks / "ledger-key.lock", self._timeout_seconds, logger.info):
            if not self._key_path.exists():
                draft = self._key_path.with_name(f"{self._key_path.name}.tmp")
                draft.touch(mode=0o600)
                draft.write_text(secrets.token_hex(KEY_BYTES), encoding="ascii")
                draft.replace(self._key_path)
            return self._read_key()

    def _read_key(self) -> bytes:
        try:
            key = bytes.fromhex(self._key_path.read_text(encoding="ascii"))
        except (OSError, ValueError):
            key = b""
        # With an empty or a short one the digests would say what they are of.
        if len(key) != KEY_BYTES:
            raise WarehouseError(
                f"{self._key_path.name} cannot be read or is no key; "
                f"put back the one that {self._path.name} was written with."
            )
        return key

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        return self._file.connection()


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
def _committed(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
