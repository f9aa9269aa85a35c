"""A folder of this machine as a place for CSV files."""

import os
from pathlib import Path

from orchestration.activation.destinations.csv_drop.answers import result_of
from orchestration.activation.destinations.csv_drop.settings import Connection, Target
from orchestration.activation.destinations.files import CsvFiles, PlaceError
from orchestration.settings import Settings


class FolderPlace:
    """Files that stay through a power cut."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, folder: str, name: str) -> bytes | None:
        """Return a file, or None if there is none."""
        try:
            return (self._folder / folder / name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise PlaceError(result_of(error)) from None

    def put(self, folder: str, name: str, content: bytes) -> None:
        """Write a file beside its name, then rename it."""
        try:
            path = self._folder / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            _replace(path, content)
        except OSError as error:
            raise PlaceError(result_of(error)) from None

    def close(self) -> None:
        """Nothing is kept open between files."""


def connect(
    settings: Settings,  # noqa: ARG001 - nothing else of them matters
    connection: Connection,
    target: Target,  # noqa: ARG001 - the folder is all there is
) -> CsvFiles:
    """Return the CSV drop as the environment describes it."""
    return CsvFiles(FolderPlace(connection.dir.expanduser().resolve()))


def _replace(path: Path, content: bytes) -> None:
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
