"""What the CSV drop promises to whoever picks the files up."""

import csv
import hashlib
import json
from pathlib import Path

import pytest

from orchestration.activation.destinations.csv_drop import FolderPlace
from orchestration.activation.destinations.files import CsvFiles
from orchestration.activation.destinations.protocol import Batch, Operation, Verdict
from orchestration.activation.destinations.tables import cell

FIELDS = ("email", "last_name")
OPERATIONS = (
    Operation("remove", "p0"),
    Operation("upsert", "p1", {"email": "a@example.com", "last_name": 'О’Нил, "Ко"\nЛтд'}),
    Operation("upsert", "p2", {"email": "b@example.com", "last_name": None}),
)


def _batch(destination: CsvFiles, number: int = 1) -> Batch:
    payload = destination.render("carts", FIELDS, OPERATIONS)
    return Batch("carts", "000001-aa", number, "0123456789", OPERATIONS, payload)


def test_the_manifest_describes_a_complete_file(tmp_path: Path) -> None:
    """Rows and digest are those of the file, and no draft is left."""
    destination = CsvFiles(FolderPlace(tmp_path))

    assert destination.send(_batch(destination)).verdict == Verdict.ANSWERED

    folder = tmp_path / "carts"
    assert sorted(path.name for path in folder.iterdir()) == [
        "000001-aa.csv",
        "000001-aa.manifest.json",
    ]
    content = (folder / "000001-aa.csv").read_bytes()
    manifest = json.loads((folder / "000001-aa.manifest.json").read_text())
    assert manifest["rows"] == 3
    assert manifest["sha256"] == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("content", ["", "[]", "{}", "\udcff"])
def test_a_manifest_that_is_broken_keeps_nothing_back(tmp_path: Path, content: str) -> None:
    """As after a fault of the disk; the file goes beside it, and nothing is written over."""
    destination = CsvFiles(FolderPlace(tmp_path))
    broken = tmp_path / "carts" / "000001-aa.manifest.json"
    broken.parent.mkdir()
    broken.write_text(content, encoding="utf-8", errors="surrogateescape")

    assert destination.send(_batch(destination)).verdict == Verdict.ANSWERED

    assert broken.read_text(encoding="utf-8", errors="surrogateescape") == content
    assert (tmp_path / "carts" / "000001-aa_1_01234567.manifest.json").is_file()


def test_the_file_reads_back_as_it_was(tmp_path: Path) -> None:
    """Quotes, commas, line ends and other scripts survive."""
    destination = CsvFiles(FolderPlace(tmp_path))
    destination.send(_batch(destination))

    with (tmp_path / "carts/000001-aa.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))

    assert rows[0] == {"op": "remove", "key": "p0", "email": "", "last_name": ""}
    assert rows[1]["last_name"] == 'О’Нил, "Ко"\nЛтд'


def test_a_file_of_removals_has_the_columns_of_the_others(tmp_path: Path) -> None:
    """A reader that goes by the header finds the same one in every file."""
    payload = CsvFiles(FolderPlace(tmp_path)).render("carts", FIELDS, OPERATIONS[:1])

    assert payload.decode() == "op,key,email,last_name\nremove,p0,,\n"


def test_a_repetition_leaves_the_file_alone(tmp_path: Path) -> None:
    """A consumer may be reading it."""
    destination = CsvFiles(FolderPlace(tmp_path))
    destination.send(_batch(destination))
    before = (tmp_path / "carts/000001-aa.csv").stat().st_ino

    destination.send(_batch(destination))

    assert (tmp_path / "carts/000001-aa.csv").stat().st_ino == before


def test_a_file_that_cannot_be_written_is_tried_again(tmp_path: Path) -> None:
    """Nothing was delivered, and the cause is a code."""
    (tmp_path / "carts").write_text("in the way")

    result = CsvFiles(FolderPlace(tmp_path)).send(_batch(CsvFiles(FolderPlace(tmp_path))))

    assert (result.verdict, result.error_code) == (Verdict.RETRY, "file_not_a_directory")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+79991234567", "'+79991234567"),
        ("-x", "'-x"),
        ("@a", "'@a"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        (-5, "-5"),
        (True, "true"),
        (None, ""),
    ],
)
def test_no_cell_runs_as_a_formula(value: object, expected: str) -> None:
    """Text that looks like one gets an apostrophe; numbers stay numbers."""
    assert cell(value) == expected
