"""The file of the ledger, as this process has it open."""

import logging
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from weakref import WeakValueDictionary

import duckdb

from orchestration.locks import POLL_SECONDS, hold_in_process, hold_on_machine, is_awaited
from orchestration.statements import statement
from orchestration.warehouse import connect, prepare, told_of_file

logger = logging.getLogger(__name__)

# A plan for a million people would take three times as much, and is hardly faster with it.
MEMORY_LIMIT = "180MB"
# A commit that also moves the log into the tables takes as long as five others; what the log holds
# when a process dies is read again in about a second.
CHECKPOINT_THRESHOLD = "32MB"

_files: WeakValueDictionary[Path, "LedgerFile"] = WeakValueDictionary()
_register = threading.Lock()
# To start an engine takes as long as a tenth of a small run, so the last one stays for the next.
_last: deque["LedgerFile"] = deque(maxlen=1)


class LedgerFile:
    """A file that one process at a time has open, and in it one thread at a time works on.

    Opening and closing it takes as long as ten commits. While syncs of this process send it is
    kept open for all of them, and left to another process as soon as that one waits for it.
    """

    def __init__(self, path: Path, lock_path: Path, spill_path: Path) -> None:
        self._path = path
        self._lock_path = lock_path
        self._engine = connect(":memory:")
        spill = str(spill_path).replace("'", "''")
        # What is done in a commit is too little to be shared out.
        self._engine.execute("set threads = 1")
        self._engine.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
        self._engine.execute(f"set temp_directory = '{spill}'")
        self._engine.execute(f"set checkpoint_threshold = '{CHECKPOINT_THRESHOLD}'")
        # To try them out takes a third of the work of closing; the file is a fifth smaller for it.
        self._engine.execute("set disabled_compression_methods = 'fsst,dict_fsst,zstd'")
        # Filled while the file is open: its lock, and what closes it.
        self._opened = ExitStack()
        self._is_open = False
        # Whether the file has all its tables, and what tells it, as this process left it, from any
        # other in its place.
        self._is_whole = False
        self._left: tuple[int, int, int] | None = None
        # After such an error the engine refuses all else, until it is started anew.
        self.is_broken = False
        self._keepers: list[threading.Event] = []

    def connection(self) -> duckdb.DuckDBPyConnection:
        """Return a connection of its own to the engine, with temp tables of its own."""
        connection = self._engine.cursor()
        prepare(connection)
        connection.execute(statement(__package__, "keyed_digest"))
        return connection

    @contextmanager
    def turn(self, timeout_seconds: float) -> Iterator[None]:
        """Work on the file, as database `ledger`, while nobody else does.

        Raises:
            BusyError: others kept it for longer than that.
        """
        with hold_in_process(self._lock_path, timeout_seconds, logger.info), self._watched():
            if not self._is_open:
                self._open(timeout_seconds)
            try:
                with self._watched():
                    yield
            finally:
                if self.is_broken or not self._keepers:
                    self._close()

    @contextmanager
    def closed(self, timeout_seconds: float) -> Iterator[None]:
        """Keep the file closed, complete in itself, and from everybody else.

        Raises:
            BusyError: others kept it for longer than that.
        """
        with self.turn(timeout_seconds):
            self._engine.execute("detach ledger")
            try:
                yield
            finally:
                self._attach()

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """Keep the file open between turns, except for processes that wait for it."""
        ended = threading.Event()
        watcher = threading.Thread(target=self._leave_to_others, args=[ended], daemon=True)
        self._keepers.append(ended)
        watcher.start()
        try:
            yield
        finally:
            self._keepers.remove(ended)
            ended.set()
            watcher.join()
            with hold_in_process(self._lock_path, -1, _quietly), self._watched():
                if not self._keepers:
                    self._close()

    def _leave_to_others(self, ended: threading.Event) -> None:
        while not ended.wait(POLL_SECONDS):
            if self._is_open and is_awaited(self._lock_path):
                with hold_in_process(self._lock_path, -1, _quietly), self._watched():
                    self._close()

    def _open(self, timeout_seconds: float) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with ExitStack() as opening:
            opening.enter_context(hold_on_machine(self._lock_path, timeout_seconds, logger.info))
            # One that was put back, or was written by another version, may lack tables.
            self._is_whole = self._left is not None and self._left == self._version()
            self._attach()
            opening.callback(self._detach)
            if not self._is_whole:
                self._engine.execute(statement(__package__, "create_ledger"))
                self._is_whole = True
            self._opened = opening.pop_all()
            self._is_open = True

    def _attach(self) -> None:
        literal = str(self._path).replace("'", "''")
        with told_of_file(self._path.name), self._watched():
            self._engine.execute(f"attach '{literal}' as ledger")
        self._path.chmod(0o600)

    def _detach(self) -> None:
        self._engine.execute("detach ledger")
        self._left = self._version() if self._is_whole else None

    def _version(self) -> tuple[int, int, int] | None:
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return None
        return status.st_ino, status.st_mtime_ns, status.st_size

    @contextmanager
    def _watched(self) -> Iterator[None]:
        try:
            yield
        except (duckdb.FatalException, duckdb.InternalException):
            self.is_broken = True
            raise

    def _close(self) -> None:
        self._is_open = False
        self._opened.close()


def ledger_file(path: Path, lock_path: Path, spill_path: Path) -> LedgerFile:
    """Return the file, the same for all who work with it at this moment."""
    with _register:
        found = _files.get(path)
        if found is None or found.is_broken:
            found = _files[path] = LedgerFile(path, lock_path, spill_path)
        _last.append(found)
        return found


def _quietly(_sentence: str) -> None:
    """Tell nobody of a wait that is as short as a commit."""
