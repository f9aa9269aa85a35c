"""Whatever the bytes are: a sentence or rows, and no row is lost."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.errors import BadFileError
from orchestration.ingestion.catalog import tables_of
from orchestration.ingestion.discovery import LandingFile
from orchestration.ingestion.readers import lines
from orchestration.ingestion.readers.csv_files import read_csv
from orchestration.ingestion.readers.json_files import read_jsonl
from orchestration.warehouse import connect

from .conftest import Bench

HEADER = b"contact_id,email,city\n"
PIECES = [b"a", b"1", b",", b'"', b'""', b"\n", b"\r\n", b"\r", b"\0", b"\xff", b"\xef\xbb\xbf"]
PIECES += [b" ", b"a,b,c\n", b'"a\nb",,\n', b"contact_id,email,city\n", "ж".encode(), b"\x85"]

tails = st.lists(st.sampled_from(PIECES), max_size=25).map(b"".join)
any_bytes = st.binary(max_size=60) | tails | tails.map(lambda tail: HEADER + tail)
cells = st.text(st.characters(exclude_characters="\0\ufeff", exclude_categories=["Cs"]), max_size=5)
tables = st.lists(st.tuples(cells.map("C{}".format), cells, cells), max_size=6)


@contextmanager
def bench_with(name: str, content: bytes) -> Iterator[Bench]:
    """Give a bench whose raw folder holds one file."""
    with TemporaryDirectory() as folder, connect(":memory:") as warehouse:
        bench = Bench(Path(folder), warehouse)
        bench.put(name, content)
        yield bench


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=any_bytes, name=st.sampled_from(["csv", "jsonl", "csv.gz", "parquet"]))
def test_no_bytes_end_in_anything_but_a_sentence(content: bytes, name: str) -> None:
    """The bench asserts after each load that every row read is in raw or in quarantine."""
    with bench_with(f"crm/contacts.{name}", content) as bench, suppress(BadFileError):
        bench.load()


def read(reader: object, content: bytes, folder: Path) -> list[tuple[object, ...]]:
    """Return the rows and the rejected rows that a reader gives, or its sentence."""
    path = folder / "contacts"
    path.write_bytes(content)
    file = LandingFile("crm", "contacts", "crm/contacts", path, "csv")
    found: list[tuple[object, ...]] = []
    try:
        for batch in reader(file, tables_of("crm")[0]):  # type: ignore[operator]
            found += [tuple(row.items()) for row in (batch.rows.to_pylist() if batch.rows else [])]
            found += [(row.line_number, row.reason, row.raw_row) for row in batch.rejected]
    except BadFileError as error:
        return [(str(error),)]
    return sorted(found, key=repr)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=any_bytes, block_size=st.integers(1, 9))
def test_where_the_blocks_are_cut_changes_nothing(
    content: bytes, block_size: int, tmp_path: Path
) -> None:
    """A file is the same in blocks of a few bytes and in one piece."""
    for reader in (read_csv, read_jsonl):
        whole = read(reader, content, tmp_path)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(lines, "BLOCK_SIZE", block_size)
            # The columns of JSON lines are those seen so far, so only CSV rows compare as wholes.
            if reader is read_csv:
                assert read(reader, content, tmp_path) == whole
            else:
                assert len(read(reader, content, tmp_path)) == len(whole)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=tables, line_end=st.sampled_from(["\n", "\r\n", "\r"]))
def test_what_a_csv_writer_wrote_is_read_back(
    rows: list[tuple[str, str, str]], line_end: str, tmp_path: Path
) -> None:
    """Quotes, line breaks and letters of any script come through unchanged."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=line_end, quoting=csv.QUOTE_ALL).writerows(
        [("contact_id", "email", "city"), *rows]
    )

    found = read(read_csv, text.getvalue().encode(), tmp_path)

    assert sorted(tuple(value for _, value in row)[:3] for row in found) == sorted(rows)
