"""The CSV drop as a destination."""

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

from orchestration.activation.destinations.csv_drop import limits
from orchestration.activation.destinations.csv_drop.answers import result_of
from orchestration.activation.destinations.csv_drop.payload import table
from orchestration.activation.destinations.csv_drop.settings import Connection, Target
from orchestration.activation.destinations.protocol import (
    Batch,
    BatchResult,
    Operation,
    Verdict,
)
from orchestration.settings import Settings


class CsvDropDestination:
    """Writes `<sync>/<run_id>.csv`, then its manifest; a reader goes by the manifests.

    What is too much for one file goes on in `<run_id>_2.csv`.
    """

    max_batch_size = limits.MAX_BATCH_SIZE
    render_version = limits.RENDER_VERSION
    mixes_operations = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder

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
        digest = hashlib.sha256(batch.payload).hexdigest()
        try:
            self._write(batch, digest)
        except OSError as error:
            return result_of(error)

        return BatchResult(Verdict.ANSWERED)

    def close(self) -> None:
        """Nothing is kept open between files."""

    def _write(self, batch: Batch, digest: str) -> None:
        folder = self._folder / batch.sync
        folder.mkdir(parents=True, exist_ok=True)
        # An underscore sorts behind the point: by name, files of one run come in their order.
        stem = batch.run_id if batch.number == 1 else f"{batch.run_id}_{batch.number}"
        if _digest_of(folder / f"{stem}.manifest.json") not in {None, digest}:
            # Delivered before, and somebody withdrew since: what may have been read stays.
            stem = f"{batch.run_id}_{batch.number}_{batch.idempotency_key[:8]}"

        manifest_path = folder / f"{stem}.manifest.json"
        if _digest_of(manifest_path) == digest:
            return
        file_path = folder / f"{stem}.csv"
        manifest = {
            "sync": batch.sync,
            "run_id": batch.run_id,
            "file": file_path.name,
            "rows": len(batch.operations),
            "sha256": digest,
        }
        _replace(file_path, batch.payload)
        _replace(manifest_path, json.dumps(manifest, indent=2).encode() + b"\n")


def connect(
    settings: Settings,  # noqa: ARG001 - nothing else of them matters
    connection: Connection,
    target: Target,  # noqa: ARG001 - the folder is all there is
) -> CsvDropDestination:
    """Return the CSV drop as the environment describes it."""
    return CsvDropDestination(connection.dir.expanduser().resolve())


def _digest_of(manifest: Path) -> str | None:
    try:
        digest: str = json.loads(manifest.read_bytes())["sha256"]
    except FileNotFoundError:
        return None
    return digest


def _replace(path: Path, content: bytes) -> None:
    """Make the file appear whole, and stay through a power cut."""
    draft = path.with_name(f".{path.name}.part")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)

    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
