"""Which files of a raw folder are landing tables, and which are not."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from orchestration.errors import UsageError
from orchestration.ingestion.catalog import LandingTable

FORMATS = ("csv", "parquet", "jsonl")
# Parquet compresses inside, so only text comes packed from outside.
COMPRESSIONS = {"gz": "gzip", "zst": "zstd", "bz2": "bz2"}

# The source that says who is who in truth.
TRUTH = "truth"

# Left by file managers, office programs and engines that write folders: nobody put them there to
# be loaded, so nobody is told of them.
LITTER_PREFIXES = (".", "~$")
LITTER = ("_success", "_metadata", "_common_metadata", "thumbs.db", "desktop.ini")

# What engines that write folders do not read either, such as a file that is still being written.
HIDDEN_PREFIXES = ("_", "~")


@dataclass(frozen=True)
class LandingFile:
    """A file that holds rows of a landing table; `name` is its place below the raw folder."""

    source: str
    table: str
    name: str
    path: Path
    format: str
    compression: str | None = None


@dataclass(frozen=True)
class Discovery:
    """What a raw folder holds."""

    files: tuple[LandingFile, ...]
    ignored: tuple[str, ...]

    def of_source(self, source: str) -> list[LandingFile]:
        """Return the files of one source, in the order in which they are read."""
        return [file for file in self.files if file.source == source]

    def ignored_sentence(self) -> str | None:
        """Say what was passed over, or nothing where nothing was."""
        if not self.ignored:
            return None
        return (
            "Ignored, since the name is no landing table or the format is not CSV, Parquet or "
            "JSON lines (several files of one table go into a folder of its name): "
            f"{', '.join(self.ignored)}."
        )


def discover(
    raw_dir: Path, catalog: Sequence[LandingTable], truth_dir: Path | None = None
) -> Discovery:
    """Find the landing files below a raw folder, and those of the truth below its own.

    A truth that merely lies among the raw files is passed over: it judges people, and is read only
    where it is asked for.

    Raises:
        UsageError: a folder is missing or holds no landing file.
    """
    if not raw_dir.is_dir():
        raise UsageError(f"The raw folder {raw_dir} does not exist or is no folder.")

    tables = {(table.source, table.name) for table in catalog}
    sources = {source for source, _ in tables} - {TRUTH}
    found: list[LandingFile | str] = []

    for path in _entries(raw_dir):
        source = path.name.casefold()
        if source in sources and path.is_dir():
            found += _of_source(source, path, raw_dir, tables)
        else:
            found.append(_name(path, raw_dir))

    files = [file for file in found if isinstance(file, LandingFile)]
    ignored = [name for name in found if isinstance(name, str)]
    if not files:
        passed_over = f"; found only {', '.join(ignored)}" if ignored else ""
        raise UsageError(
            f"The raw folder {raw_dir} holds no landing file such as crm/contacts.csv{passed_over}."
        )
    if truth_dir is not None:
        files += _truth_files(truth_dir, tables)
    return Discovery(tuple(files), tuple(ignored))


def _truth_files(truth_dir: Path, tables: set[tuple[str, str]]) -> list[LandingFile]:
    found = _of_source(TRUTH, truth_dir, truth_dir.parent, tables) if truth_dir.is_dir() else ()
    files = [file for file in found if isinstance(file, LandingFile)]
    if not files:
        raise UsageError(f"The truth folder {truth_dir} holds no file such as records.csv.")
    return files


def _of_source(
    source: str, source_dir: Path, raw_dir: Path, tables: set[tuple[str, str]]
) -> Iterator[LandingFile | str]:
    """Yield the landing files of a source, and the names of what is none."""
    for entry in _entries(source_dir):
        table = _table_name(entry)
        if (source, table) not in tables:
            yield _name(entry, raw_dir)
            continue
        for path in _entries(entry) if entry.is_dir() else [entry]:
            yield _landing_file(path, raw_dir, source, table) or _name(path, raw_dir)


def _table_name(entry: Path) -> str:
    """Return the table that a folder or file of a source is named after.

    Only endings that say how to read a file are no part of the name: `contacts.bak.csv` is a copy
    that somebody put aside, not a second file of `contacts`.
    """
    name = entry.name.casefold()
    if entry.is_dir():
        return name
    for suffixes in (COMPRESSIONS, FORMATS):
        stem, _, suffix = name.rpartition(".")
        name = stem if suffix in suffixes else name
    return name


def _landing_file(path: Path, raw_dir: Path, source: str, table: str) -> LandingFile | None:
    suffixes = [suffix.casefold().lstrip(".") for suffix in path.suffixes]
    compression = COMPRESSIONS.get(suffixes[-1]) if suffixes else None
    if compression:
        suffixes.pop()

    file_format = suffixes[-1] if suffixes else ""
    is_readable = file_format in FORMATS and not (compression and file_format == "parquet")
    if not is_readable or path.name.startswith(HIDDEN_PREFIXES) or not path.is_file():
        return None
    return LandingFile(source, table, _name(path, raw_dir), path, file_format, compression)


def _entries(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if not path.name.startswith(LITTER_PREFIXES) and path.name.casefold() not in LITTER:
            yield path


def _name(path: Path, raw_dir: Path) -> str:
    # A name of other bytes than UTF-8 must not stop the load of the others.
    return os.fsencode(path.relative_to(raw_dir).as_posix()).decode(errors="replace")
