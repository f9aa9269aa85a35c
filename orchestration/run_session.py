"""What the steps of one run share: the settings, the run itself, and the one open warehouse."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import cached_property
from types import TracebackType
from typing import Self

import duckdb

from orchestration.activation.ledger import Ledger
from orchestration.errors import BusyError, WarehouseError
from orchestration.home import keep_private, keep_to_owner
from orchestration.ingestion.catalog import read_catalog
from orchestration.ingestion.discovery import Discovery, discover
from orchestration.ingestion.loader import TableLoad, load_source
from orchestration.ingestion.runs import Run, current_run, start_run
from orchestration.locks import hold
from orchestration.settings import Settings
from orchestration.warehouse import connect

POLL_SECONDS = 0.2


class RunSession:
    """One run, from its first load to its last delivery.

    DuckDB has one writer. While the loads go on the writer is this session; before dbt starts
    it closes the warehouse, since dbt is a process of its own. Of several runs one has its turn:
    it holds the run lock from the start on, except while it delivers.
    """

    def __init__(
        self,
        settings: Settings,
        tell: Callable[[str], None] = lambda _: None,
        wait_seconds: float | None = None,
        on_start: Callable[[Run], None] = lambda _: None,
    ) -> None:
        self.settings = settings
        self.tell = tell
        self._on_start = on_start
        self._wait_seconds = settings.lock_timeout_seconds if wait_seconds is None else wait_seconds
        self._turn = ExitStack()
        self._has_turn = False
        self._warehouse: duckdb.DuckDBPyConnection | None = None
        self._run: Run | None = None

    def __enter__(self) -> Self:
        keep_to_owner()
        self.wait_for_turn()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._turn:
            self.close_warehouse()
            keep_private(self.settings)

    def wait_for_turn(self) -> None:
        """Be the only run that loads, builds and publishes, from now on.

        Raises:
            BusyError: another run takes too long.
        """
        if not self._has_turn:
            path = self.settings.locks_path / "run.lock"
            self._turn.enter_context(hold(path, self._wait_seconds, self.tell))
            self._has_turn = True

    def let_others_run(self) -> None:
        """Leave the turn to others: what is still to be done reads what was published."""
        self._has_turn = False
        self._turn.close()

    @property
    def warehouse(self) -> duckdb.DuckDBPyConnection:
        """The warehouse, open for writing."""
        if self._warehouse is None:
            self._warehouse = self._opened()
            keep_private(self.settings)
        return self._warehouse

    def _opened(self) -> duckdb.DuckDBPyConnection:
        """Open the warehouse, after the dbt process that a killed run may have left."""
        deadline = time.monotonic() + self.settings.lock_timeout_seconds
        is_told = False
        while True:
            try:
                return connect(self.settings.warehouse_path)
            except BusyError:
                if time.monotonic() >= deadline:
                    raise
            if not is_told:
                self.tell("The build of an earlier run still ends; waiting for the warehouse.")
                is_told = True
            time.sleep(POLL_SECONDS)

    @property
    def started_run(self) -> Run:
        """The run of this session, noted in the warehouse at its first use."""
        if self._run is None:
            self._run = start_run(self.warehouse, self.settings.clock)
            self._on_start(self._run)
        return self._run

    @property
    def built_run(self) -> Run:
        """The run whose build stands in the warehouse; of an earlier session, if not of this.

        Raises:
            WarehouseError: nothing was built yet.
        """
        if self._run is None:
            with connect(self.settings.warehouse_path, read_only=True) as warehouse:
                self._run = current_run(warehouse)
        if self._run is None:
            raise WarehouseError("Nothing was built yet, so there is nothing to publish.")
        return self._run

    @cached_property
    def files(self) -> Discovery:
        """The files of the raw folder; none where the folder is not set."""
        if self.settings.raw_dir is None:
            return Discovery(files=(), ignored=())

        found = discover(self.settings.raw_dir, read_catalog(), self.settings.truth_dir)
        if sentence := found.ignored_sentence():
            self.tell(sentence)
        return found

    def load(self, source: str) -> list[TableLoad]:
        """Load the files of one source that are new or changed."""
        loads = load_source(self.warehouse, source, self.files.of_source(source), self.started_run)
        for warning in (warning for table in loads for warning in table.warnings):
            self.tell(warning)
        return loads

    def hand_to_dbt(self) -> None:
        """Leave the warehouse to dbt, with this run noted in it and the ledger copied beside."""
        _ = self.started_run
        self.close_warehouse()
        Ledger(self.settings).snapshot_to(self.settings.ledger_snapshot_path)

    def close_warehouse(self) -> None:
        """Close the warehouse, where it is open."""
        if self._warehouse is not None:
            self._warehouse.close()
            self._warehouse = None
