"""CSV files at some place: a file per run, and a manifest that says it is complete."""

import hashlib
import json
from collections.abc import Sequence
from typing import Protocol

from orchestration.activation.destinations.protocol import Batch, BatchResult, Operation, Verdict
from orchestration.activation.destinations.tables import table

RENDER_VERSION = "csv-1"
# A file is made in memory: 100,000 rows of a dozen fields are some 20 MB.
MAX_BATCH_SIZE = 100_000


class PlaceError(Exception):
    """A place that could not be written to; `result` says what follows for the batch."""

    def __init__(self, result: BatchResult) -> None:
        super().__init__(result.error_code)
        self.result = result


class Place(Protocol):
    """Where files are put; each appears as a whole or not at all."""

    def get(self, folder: str, name: str) -> bytes | None:
        """Return a file, or None if there is none.

        Raises:
            PlaceError: the place cannot be read.
        """

    def put(self, folder: str, name: str, content: bytes) -> None:
        """Write a file.

        Raises:
            PlaceError: the place cannot be written to.
        """

    def close(self) -> None:
        """Let go of connections."""


class CsvFiles:
    """Writes `<sync>/<run_id>.csv`, then its manifest; a reader goes by the manifests.

    What is too much for one file goes on in `<run_id>_2.csv`. Nothing that has a manifest is
    written over, so a repetition finds its own work and leaves it alone.
    """

    max_batch_size = MAX_BATCH_SIZE
    render_version = RENDER_VERSION
    mixes_operations = True

    def __init__(self, place: Place) -> None:
        self._place = place

    def render(
        self,
        sync: str,  # noqa: ARG002 - the folder names it
        fields: Sequence[str],
        operations: Sequence[Operation],
    ) -> bytes:
        """Return the whole file."""
        return table(fields, operations)

    def send(self, batch: Batch) -> BatchResult:
        """Write the file and the manifest, unless they are there already."""
        try:
            self._write(batch, hashlib.sha256(batch.payload).hexdigest())
        except PlaceError as error:
            return error.result
        return BatchResult(Verdict.ANSWERED)

    def close(self) -> None:
        """Let go of connections."""
        self._place.close()

    def _write(self, batch: Batch, digest: str) -> None:
        # An underscore sorts behind the point: by name, files of one run come in their order.
        stem = batch.run_id if batch.number == 1 else f"{batch.run_id}_{batch.number}"
        if self._digest_of(batch.sync, stem) not in {None, digest}:
            # Delivered before, and somebody withdrew since: what may have been read stays.
            stem = f"{batch.run_id}_{batch.number}_{batch.idempotency_key[:8]}"
        if self._digest_of(batch.sync, stem) == digest:
            return

        manifest = {
            "sync": batch.sync,
            "run_id": batch.run_id,
            "file": f"{stem}.csv",
            "rows": len(batch.operations),
            "sha256": digest,
        }
        self._place.put(batch.sync, f"{stem}.csv", batch.payload)
        described = json.dumps(manifest, indent=2).encode() + b"\n"
        self._place.put(batch.sync, f"{stem}.manifest.json", described)

    def _digest_of(self, folder: str, stem: str) -> str | None:
        manifest = self._place.get(folder, f"{stem}.manifest.json")
        if manifest is None:
            return None
        try:
            return str(json.loads(manifest)["sha256"])
        except (ValueError, KeyError, TypeError):
            # Broken by somebody else. No reader can go by it, and it is not ours to write over.
            return ""
