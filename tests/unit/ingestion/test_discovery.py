"""Which files of a raw folder are loaded."""

from pathlib import Path

import pytest

from orchestration.errors import UsageError
from orchestration.ingestion.catalog import read_catalog
from orchestration.ingestion.discovery import Discovery, discover


def found(raw_dir: Path, *names: str) -> Discovery:
    """Return what is found in a folder that holds these files."""
    for name in names:
        (raw_dir / name).parent.mkdir(parents=True, exist_ok=True)
        (raw_dir / name).touch()
    return discover(raw_dir, read_catalog())


def test_missing_folder_is_an_unusable_argument(tmp_path: Path) -> None:
    """A missing folder: one sentence, exit code 2."""
    with pytest.raises(UsageError, match="does not exist") as caught:
        found(tmp_path / "nowhere")

    assert caught.value.exit_code == 2


def test_empty_folder_is_an_unusable_argument(tmp_path: Path) -> None:
    """An empty folder: one sentence, exit code 2."""
    with pytest.raises(UsageError, match=r"holds no landing file such as crm/contacts\.csv"):
        found(tmp_path)


def test_folder_without_any_landing_file_says_what_it_holds(tmp_path: Path) -> None:
    """A folder one level too high is easily recognised."""
    with pytest.raises(UsageError, match="found only data"):
        found(tmp_path, "data/crm/contacts.csv")


def test_all_formats_are_found_in_the_order_of_the_names(tmp_path: Path) -> None:
    """A table may be one file, a packed one, or a folder of files."""
    discovery = found(
        tmp_path,
        "web/events/2026-02.csv.gz",
        "web/events/2026-01.jsonl.zst",
        "shop/orders.parquet",
        "CRM/Contacts.CSV",
    )

    assert [(file.name, file.source, file.table) for file in discovery.files] == [
        ("CRM/Contacts.CSV", "crm", "contacts"),
        ("shop/orders.parquet", "shop", "orders"),
        ("web/events/2026-01.jsonl.zst", "web", "events"),
        ("web/events/2026-02.csv.gz", "web", "events"),
    ]


def test_what_is_no_landing_file_is_told_in_one_sentence(tmp_path: Path) -> None:
    """A wrong name is never passed over in silence, nor is it an error; litter is no news."""
    discovery = found(
        tmp_path,
        "crm/contacts.csv",
        "crm/contacts/_SUCCESS",
        "crm/~$contacts.xlsx",
        "crm/contacts.xlsx",
        "crm/companies.csv",
        "truth/records.csv",
        "orders.csv",
        "README.md",
        "crm/.DS_Store",
    )

    assert len(discovery.files) == 1
    sentence = discovery.ignored_sentence()
    assert sentence is not None
    assert sentence.endswith(
        ": README.md, crm/companies.csv, crm/contacts.xlsx, orders.csv, truth."
    )


def test_the_truth_is_read_only_where_it_is_asked_for(tmp_path: Path) -> None:
    """Who is who, among raw files or elsewhere, is no landing table of a run that is not told."""
    found(tmp_path / "raw", "crm/contacts.csv")
    found(tmp_path / "judge", "crm/contacts.csv", "records.csv")

    unasked = discover(tmp_path / "raw", read_catalog())
    asked = discover(tmp_path / "raw", read_catalog(), tmp_path / "judge")

    assert [file.name for file in unasked.files] == ["crm/contacts.csv"]
    assert [(file.source, file.name) for file in asked.of_source("truth")] == [
        ("truth", "judge/records.csv")
    ]
    with pytest.raises(UsageError, match="holds no file such as records"):
        discover(tmp_path / "raw", read_catalog(), tmp_path / "raw")


@pytest.mark.parametrize(
    "name",
    [
        "crm/contacts.bak.csv",
        "crm/contacts.2024.csv.gz",
        "crm/contacts.csv.bak",
        "crm/contacts_2024.csv",
        "crm/contacts.old/1.csv",
        "crm/contacts/_1.csv",
        "crm/contacts/2024/1.csv",
        "crm/contacts.parquet.gz",
    ],
)
def test_a_copy_beside_a_table_is_no_part_of_it(tmp_path: Path, name: str) -> None:
    """Only the table's own name loads: rows of a copy that was put aside would come twice."""
    discovery = found(tmp_path, "crm/contacts.csv", name)

    assert [file.name for file in discovery.files] == ["crm/contacts.csv"]
    assert discovery.ignored in {(name,), (name.rsplit("/", 1)[0],)}


@pytest.mark.parametrize("name", ["2024.csv", "contacts.part2.csv", "contacts_2024.csv.gz"])
def test_in_the_folder_of_a_table_every_name_counts(tmp_path: Path, name: str) -> None:
    """There the folder says which table it is."""
    discovery = found(tmp_path, f"crm/contacts/{name}")

    assert [(file.table, file.name) for file in discovery.files] == [
        ("contacts", f"crm/contacts/{name}")
    ]
    assert discovery.ignored_sentence() is None
