"""Files that come again, change, and come beside others."""

import gzip
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from orchestration.errors import BadFileError
from orchestration.ingestion.catalog import read_catalog

from .conftest import Bench

CONTACTS = "contact_id,email\n"

HELD = "select contact_id, email from raw_crm.contacts order by _load_number, _line_number"
NAME_TWICE = "column twice or with a name that cannot be used"
VERSIONS = """
    select file_name, rows_read, rows_quarantined, is_current
    from raw_onefold.loaded_files
    order by load_number
"""


def test_tables_exist_with_every_column_whatever_the_files_hold(bench: Bench) -> None:
    """The build reads all landing tables, so a run with one source makes all of them."""
    bench.put("crm/contacts.csv", CONTACTS + "C1,\n")
    bench.load()

    for table in read_catalog():
        columns = bench.warehouse.table(f"raw_{table.source}.{table.name}").columns
        assert {column.name for column in table.columns} < set(columns)
        assert bench.quarantined(f"{table.source}_{table.name}") == []


def test_same_files_again_change_nothing(bench: Bench) -> None:
    """A second run on the same files finds them loaded."""
    bench.put("crm/contacts.csv", CONTACTS + "C1,a\n,b\n")
    bench.load()
    before = bench.query("select * from raw_crm.contacts")

    summary = bench.load()

    assert bench.query("select * from raw_crm.contacts") == before
    assert sum(table.files_unchanged for table in summary.tables) == 1
    assert sum(table.files_loaded + table.rows_read for table in summary.tables) == 0


def test_new_file_beside_the_old_ones_is_added(bench: Bench) -> None:
    """A folder may grow by a file a day."""
    bench.put("crm/contacts/1.csv", CONTACTS + "C1,a\n")
    bench.load()
    bench.put("crm/contacts/2.csv", CONTACTS + "C2,b\n")
    bench.load()

    assert bench.query(HELD) == [("C1", "a"), ("C2", "b")]


def test_file_that_is_gone_deletes_nothing(bench: Bench) -> None:
    """Rows are deleted by `deleted_at` alone."""
    gone = bench.put("crm/contacts/1.csv", CONTACTS + "C1,a\n")
    bench.put("crm/contacts/2.csv", CONTACTS + "C2,b\n")
    bench.load()
    gone.unlink()
    bench.load()

    assert bench.query(HELD) == [("C1", "a"), ("C2", "b")]


def test_changed_row_comes_after_its_former_self(bench: Bench) -> None:
    """The former row stays as history, an unchanged one is not kept twice."""
    bench.put("crm/contacts.csv", CONTACTS + "C1,a\nC2,b\n")
    bench.load()
    bench.put("crm/contacts.csv", CONTACTS + "C1,a\nC2,new\n")
    bench.load()

    assert bench.query(HELD) == [("C1", "a"), ("C2", "b"), ("C2", "new")]
    assert bench.query(VERSIONS) == [
        ("crm/contacts.csv", 1, 0, False),
        ("crm/contacts.csv", 2, 0, True),
    ]


def test_row_that_came_again_is_no_newer_than_it_was(bench: Bench) -> None:
    """Else an old file that is corrected would win over all that came in between."""
    bench.put("crm/contacts/1.csv", CONTACTS + "C1,old\nC2,b\n")
    bench.put("crm/contacts/2.csv", CONTACTS + "C1,new\n")
    bench.load()
    bench.put("crm/contacts/1.csv", CONTACTS + "C1,old\nC2,corrected\n")
    bench.load()

    assert bench.query(HELD) == [("C1", "old"), ("C2", "b"), ("C1", "new"), ("C2", "corrected")]


def test_version_that_comes_back_is_counted_once(bench: Bench) -> None:
    """A, then B, then A again: every row of every version is held once."""
    for email in ("a", "b", "a", "c"):
        bench.put("crm/contacts.csv", CONTACTS + f"C1,{email}\nC2,same\nC2,same\n")
        bench.load()

    emails = [email for _, email in bench.query(HELD)]
    assert sorted(emails) == ["a", "b", "c", "same", "same"]


def test_row_that_is_changed_back_is_news(bench: Bench) -> None:
    """A, then B, then A again in one file: A counts, also where other rows came in between."""
    for email in ("a", "b", "a"):
        bench.put("crm/contacts.csv", CONTACTS + f"C1,{email}\nC2,same\n")
        bench.load()

    assert bench.query(HELD) == [("C2", "same"), ("C1", "b"), ("C1", "a")]


def test_last_line_of_a_key_keeps_its_place_when_the_file_comes_again(bench: Bench) -> None:
    """Two lines of one key: the later one counts, whichever of them is older."""
    for lines in ("C1,a\nC1,b\n", "C1,a\nC1,c\n", "C1,a\nC1,c\nC2,x\n"):
        bench.put("crm/contacts.csv", CONTACTS + lines)
        bench.load()

    assert bench.query(HELD)[-2:] == [("C1", "c"), ("C2", "x")]


def test_quarantine_of_a_file_is_that_of_its_newest_version(bench: Bench) -> None:
    """A row that was mended leaves quarantine."""
    bench.put("crm/contacts.csv", CONTACTS + ",a\n,b\n")
    bench.load()
    bench.put("crm/contacts.csv", CONTACTS + "C1,a\n,b\n")
    bench.load()

    assert bench.quarantined("crm_contacts") == [(3, "contact_id", "missing")]
    assert bench.query(VERSIONS) == [
        ("crm/contacts.csv", 0, 0, False),
        ("crm/contacts.csv", 2, 1, True),
    ]


def test_order_of_columns_and_empty_new_ones_change_no_row(bench: Bench) -> None:
    """An export with another layout is not taken for news."""
    bench.put("crm/contacts.csv", "contact_id,email\nC1,a\n")
    bench.load()
    bench.put("crm/contacts.csv", "email,score,contact_id\na,,C1\n")
    bench.load()

    assert bench.query(HELD) == [("C1", "a")]


def test_unknown_columns_are_kept(bench: Bench) -> None:
    """In raw as text, under a name that needs no care about case; a nameless one gets a name."""
    bench.put("crm/contacts.csv", 'contact_id,"Odd ""name""",\nC1,x,y\n')
    bench.load()

    assert bench.query('select "odd ""name""", unnamed_3 from raw_crm.contacts') == [("x", "y")]


def test_lineage_of_a_row_leads_to_its_file_and_line(bench: Bench) -> None:
    """Where a row came from can always be told."""
    bench.put("crm/contacts/2026.csv.gz", gzip.compress((CONTACTS + "C1,a\nC2,b\n").encode()))
    bench.load()

    assert bench.query("select _file_name, _line_number, _load_number from raw_crm.contacts") == [
        ("crm/contacts/2026.csv.gz", 2, 1),
        ("crm/contacts/2026.csv.gz", 3, 1),
    ]


def test_file_that_changes_while_it_is_read_is_not_loaded(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a file must not be taken for the whole one."""
    states = iter([(1, 1), (2, 2)])
    monkeypatch.setattr("orchestration.ingestion.loader._state", lambda _: next(states))
    bench.put("crm/contacts.csv", CONTACTS + "C1,a\n")

    with pytest.raises(BadFileError, match="changed while it was read"):
        bench.load()

    assert bench.query(HELD) == []


def test_memory_does_not_grow_with_the_file(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows that were stored leave memory at once, not when the transaction ends."""
    monkeypatch.setattr("orchestration.ingestion.pace.ROWS_PER_BATCH", 1)
    monkeypatch.setattr("orchestration.ingestion.readers.lines.BLOCK_SIZE", 100_000)
    bench.put("crm/contacts.csv", CONTACTS + "".join(f"C{n},{'x' * 1_000}\n" for n in range(2_000)))
    held: list[int] = []

    bench.load(on_progress=lambda *_: held.append(pa.total_allocated_bytes()))

    assert len(held) > 15
    assert max(held) - held[0] < 500_000


def test_parquet_keeps_what_its_types_say(bench: Bench) -> None:
    """Times, amounts and nested values arrive as text that staging reads."""
    rows = pa.table(
        {
            "Event_ID": ["e1"],
            "event_name": pa.array(["page_view"]).dictionary_encode(),
            "occurred_at": [datetime.fromisoformat("2026-01-01T10:00:00+03:00")],
            "amount": [Decimal("12.50")],
            "quantity": [2],
            "country": [b"DE"],
            "seen_on": [date(2026, 1, 1)],
            "properties": [{"colour": "red", "sizes": [1, 2]}],
        }
    )
    (bench.raw_dir / "web").mkdir()
    pq.write_table(rows, bench.raw_dir / "web" / "events.parquet")
    bench.load()

    assert bench.query(
        """
        select event_id, event_name, occurred_at, amount, quantity, country, seen_on, properties
        from raw_web.events
        """
    ) == [
        (
            "e1",
            "page_view",
            "2026-01-01 07:00:00+00",
            "12.50",
            "2",
            "DE",
            "2026-01-01",
            '{"colour":"red","sizes":[1,2]}',
        )
    ]


def test_whole_number_that_came_as_a_float_is_whole(bench: Bench) -> None:
    """Customer 7 stays customer 7 where pandas made floats of a column with gaps."""
    (bench.raw_dir / "shop").mkdir(parents=True)
    orders = pa.table(
        {
            "order_id": ["a", "b"],
            "ordered_at": ["2026-01-01", "2026-01-01"],
            "amount": [2.5, 1e15],
            "user_id": pa.array([7.0, None], pa.float64()),
        }
    )
    pq.write_table(orders, bench.raw_dir / "shop" / "orders.parquet")
    bench.load()

    assert bench.query("select user_id, amount from raw_shop.orders order by order_id") == [
        ("7", "2.5"),
        (None, "1000000000000000"),
    ]


def test_parquet_row_without_key_is_quarantined_with_its_number(bench: Bench) -> None:
    """Parquet has no lines; the number of the row leads to it."""
    (bench.raw_dir / "crm").mkdir()
    pq.write_table(pa.table({"contact_id": ["C1", None]}), bench.raw_dir / "crm/contacts.parquet")
    bench.load()

    assert bench.quarantined("crm_contacts") == [(2, "contact_id", "missing")]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (pa.array(["a\0b"]), "NUL byte"),
        (pa.array(["a\0b"]).dictionary_encode(), "NUL byte"),
        (pa.array([b"a\0b"]), "NUL byte"),
        (pa.array(["x" * 10_000_000]), "cell longer than 1 MiB"),
        (pa.array(["x" * 10_000_000], pa.large_string()), "cell longer than 1 MiB"),
        (pa.array([["x" * 10_000_000]]), "cell longer than 1 MiB"),
        (pa.array([b"\xff\xfe"]), "not UTF-8"),
        (pa.array([b"\xff\xfe"]).view(pa.string()), "not UTF-8"),
    ],
    ids=lambda value: value if isinstance(value, str) else str(value.type),
)
def test_bad_parquet_row_takes_no_other_along(bench: Bench, cell: pa.Array, reason: str) -> None:
    """The row is quarantined with its file and number; its neighbours are loaded."""
    (bench.raw_dir / "crm/contacts").mkdir(parents=True)
    cities = cell.take(pa.array([None, 0, None], pa.int64()))
    rows = pa.table({"contact_id": ["C1", "C2", "C3"], "city": cities})
    pq.write_table(rows, bench.raw_dir / "crm/contacts/1.parquet")
    bench.load()

    assert [contact for contact, _ in bench.query(HELD)] == ["C1", "C3"]
    assert bench.quarantined("crm_contacts") == [(2, None, reason)]
    [(file_name, raw_row)] = bench.query("select file_name, raw_row from quarantine.crm_contacts")
    assert file_name == "crm/contacts/1.parquet"
    assert raw_row.startswith('{"contact_id":"C2","city":')


def test_json_lines_keep_the_text_of_numbers(bench: Bench) -> None:
    """12.50 keeps its zero, a long id its last digits, a nested value its form."""
    bench.put(
        "web/events.jsonl",
        '{"event_id": 12345678901234567890, "event_name": "a", "occurred_at": "2026-01-01"}\n\n'
        '{"event_id": "e2", "event_name": "b", "occurred_at": "2026-01-01", "amount": 12.50, '
        '"properties": {"n": 1.5, "l": [null, "ü"]}, "is_new": true}\n',
    )
    bench.load()

    assert bench.query(
        "select event_id, amount, properties, is_new, _line_number from raw_web.events order by 5"
    ) == [
        ("12345678901234567890", None, None, None, 1),
        ("e2", "12.50", '{"n":1.5,"l":[null,"ü"]}', "true", 3),
    ]


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("{", None, "no JSON"),
        ("[" * 100_000, None, "no JSON"),
        ("[1]", None, "no JSON object"),
        ('{"contact_id": "a\\u0000"}', None, "NUL byte"),
        ('{"contact_id": "\\ud800"}', None, "not UTF-8"),
        ('{"contact_id": "a\0"}', None, "NUL byte"),
        ('{"contact_id": "a", "CONTACT_ID": "b"}', None, NAME_TWICE),
        ('{"contact_id": "a", "contact_id": "b"}', None, NAME_TWICE),
        ('{"contact_id": "a", "b\\u0000": "c"}', None, NAME_TWICE),
        ('{"contact_id": "a", "city": "' + "x" * 10_000_000 + '"}', None, "cell longer than 1 MiB"),
        ('{"contact_id": "a", "x": ["' + "x" * 10_000_000 + '"]}', None, "cell longer than 1 MiB"),
        ('{"email": "a"}', "contact_id", "missing"),
        ('{"contact_id": null}', "contact_id", "missing"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 40 else "",
)
def test_bad_json_line_takes_no_other_along(
    bench: Bench, line: str, column: str | None, reason: str
) -> None:
    """The line is quarantined; its neighbours are loaded."""
    bench.put("crm/contacts.jsonl", f'{{"contact_id": "C1"}}\n{line}\n{{"contact_id": "C2"}}\n')
    bench.load()

    assert [contact for contact, _ in bench.query(HELD)] == ["C1", "C2"]
    assert bench.quarantined("crm_contacts") == [(2, column, reason)]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('[{"contact_id": "C1"}]', "holds no JSON lines"),
        ('{"id": "C1"}', "lacks the required column contact_id"),
    ],
)
def test_json_file_without_any_usable_row_is_refused(
    bench: Bench, content: str, problem: str
) -> None:
    """A wrong file is one sentence, not a full quarantine."""
    bench.put("crm/contacts.jsonl", content)

    with pytest.raises(BadFileError, match=problem):
        bench.load()
