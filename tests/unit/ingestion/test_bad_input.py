"""What bad input gets: a sentence that names the file, or a quarantined row with its reason."""

import re

import pytest

from orchestration.errors import BadFileError
from orchestration.ingestion.checks import ISO_TIME_REWRITES
from orchestration.settings import PROJECT_DIR

from .conftest import Bench

ORDERS = "order_id,ordered_at,amount,status\n"
GOOD = "o1,2026-01-01T10:00:00Z,12.50,paid\n"
TOO_LARGE = "too large: the limit is 9999999999999999.99"


def refusal(bench: Bench, name: str, content: str | bytes) -> str:
    """Return the sentence with which a file is refused."""
    bench.put(name, content)
    with pytest.raises(BadFileError) as caught:
        bench.load()
    assert re.fullmatch(rf"{re.escape(name)} [^\n]+\.", str(caught.value))
    return str(caught.value)


def loaded_orders(bench: Bench, content: str | bytes) -> list[str]:
    """Load a file of orders, and return which of them are in raw."""
    bench.put("shop/orders.csv", content)
    bench.load()
    return [
        order_id for (order_id,) in bench.query("select order_id from raw_shop.orders order by 1")
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)),
        b"PK\x03\x04\x14\0\0\0\x08\0" + bytes(range(256)),
        ORDERS.encode("utf-16"),
    ],
    ids=["picture", "archive", "utf_16"],
)
def test_file_that_is_not_csv_is_refused(bench: Bench, content: bytes) -> None:
    """Bytes that are no text end in a sentence."""
    assert "is no CSV file" in refusal(bench, "shop/orders.csv", content)


@pytest.mark.parametrize(("delimiter", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_wrong_delimiter_is_named(bench: Bench, delimiter: str, name: str) -> None:
    """The sentence says how to mend the file."""
    content = (ORDERS + GOOD).replace(",", delimiter)

    assert f"separated by {name}" in refusal(bench, "shop/orders.csv", content)


def test_missing_required_column_is_named(bench: Bench) -> None:
    """A file without a required column is refused as a whole."""
    sentence = refusal(bench, "shop/orders.csv", "order_id,ordered_at\no1,2026-01-01\n")

    assert sentence == "shop/orders.csv lacks the required column amount."


def test_column_that_stands_twice_is_named(bench: Bench) -> None:
    """Databases do not tell Status from status, so neither do we."""
    sentence = refusal(bench, "shop/orders.csv", "order_id,ordered_at,amount,status,Status\n")

    assert sentence == "shop/orders.csv has the column status twice."


def test_damaged_compression_is_a_sentence(bench: Bench) -> None:
    """A name that promises gzip, bytes that are something else."""
    assert "cannot be read as gzip" in refusal(bench, "shop/orders.csv.gz", ORDERS)


def test_file_that_is_not_parquet_is_refused(bench: Bench) -> None:
    """A name that promises Parquet, bytes that are something else."""
    assert "cannot be read as Parquet" in refusal(bench, "shop/orders.parquet", ORDERS)


def test_refused_file_leaves_its_table_as_it_was(bench: Bench) -> None:
    """One bad file among good ones: none or all of them."""
    bench.put("shop/orders/1.csv", ORDERS + GOOD)
    refusal(bench, "shop/orders/2.csv", "nothing\n")

    assert bench.query("select count(*) from raw_shop.orders") == [(0,)]


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n", ORDERS.encode()])
def test_file_without_rows_is_an_empty_table_with_a_warning(bench: Bench, content: bytes) -> None:
    """Exports of a quiet day are empty; that stops nothing, but is told."""
    bench.put("shop/orders.csv", content)

    assert bench.load().warnings == ("shop/orders.csv holds no rows.",)


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + (ORDERS + GOOD).encode(),
        (ORDERS + GOOD).replace("\n", "\r\n").encode(),
        (ORDERS + GOOD).replace("\n", "\r").encode(),
        (ORDERS + GOOD).rstrip("\n").encode(),
        (ORDERS + "\n\n  \n" + GOOD).encode(),
        (ORDERS.upper() + GOOD).encode(),
    ],
    ids=["byte_order_mark", "crlf", "lone_cr", "no_last_line_end", "blank_lines", "upper_case"],
)
def test_harmless_variants_of_csv_are_read(bench: Bench, content: bytes) -> None:
    """What spreadsheets on other systems write is no error."""
    assert loaded_orders(bench, content) == ["o1"]
    assert bench.quarantined("shop_orders") == []


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (ORDERS, None, "header repeated"),
        ("\ufeff" + ORDERS, None, "header repeated"),
        ("o2,2026-01-01,1,paid,more\n", None, "too many columns: 5 instead of 4"),
        ("o2,2026-01-01\n", None, "too few columns: 2 instead of 4"),
        ('o2,2026-01-01,1,"pa"id\n', None, "quote not closed or out of place"),
        ("o2,2026-01-01,1,pa\0id\n", None, "NUL byte"),
        (b"o2,2026-01-01,1,\xff\xfe\n", None, "not UTF-8"),
        ("o2,2026-01-01,1," + "x" * 10_000_000 + "\n", None, "cell longer than 1 MiB"),
        ("o2,2026-01-01,1," + "x" * 20_000_000 + "\n", None, "line longer than 16 MiB"),
        (" ,2026-01-01,1,paid\n", "order_id", "missing"),
        ("\u00a0\u200b\u3000,2026-01-01,1,paid\n", "order_id", "missing"),
        ("o2,0000-00-00,1,paid\n", "ordered_at", "not a time"),
        ("o2,epoch,1,paid\n", "ordered_at", "not a time"),
        ("o2,2026-02-30,1,paid\n", "ordered_at", "not a time"),
        ("o2,,1,paid\n", "ordered_at", "missing"),
        ('o2,2026-01-01,"12,50",paid\n', "amount", "not a decimal number"),
        ("o2,2026-01-01,€12,paid\n", "amount", "not a decimal number"),
        ("o2,2026-01-01,€ 12.50,paid\n", "amount", "not a decimal number"),
        ('o2,2026-01-01,"1 234,50",paid\n', "amount", "not a decimal number"),
        ("o2,2026-01-01,1_000,paid\n", "amount", "not a decimal number"),
        ("o2,2026-01-01,12.345,paid\n", "amount", "more than 2 decimals"),
        ("o2,2026-01-01,-0.001,paid\n", "amount", "more than 2 decimals"),
        ("o2,2026-01-01,1e-3,paid\n", "amount", "more than 2 decimals"),
        ("o2,2026-01-01,10000000000000000,paid\n", "amount", TOO_LARGE),
        ("o2,2026-01-01,-1e16,paid\n", "amount", TOO_LARGE),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 40 else "",
)
def test_bad_row_is_quarantined_and_takes_no_other_along(
    bench: Bench, row: str | bytes, column: str | None, reason: str
) -> None:
    """The row is kept with its line and its reason; its neighbours are loaded."""
    bad = row.encode() if isinstance(row, str) else row
    after = GOOD.replace("o1", "o3")

    orders = loaded_orders(bench, (ORDERS + GOOD).encode() + bad + after.encode())

    assert orders == ["o1", "o3"]
    assert bench.quarantined("shop_orders") == [(3, column, reason)]


def test_quote_that_is_never_closed_swallows_no_row(bench: Bench) -> None:
    """Neither at the end of the file nor before a row that looks like its continuation."""
    rows = ['o2,2026-01-01,1,"open', GOOD.strip(), 'o4,2026-01-01,1,"open', "o5,2026-01-01,1,"]

    assert loaded_orders(bench, ORDERS + "\n".join(rows)) == ["o1", "o5"]
    assert [line for line, _, _ in bench.quarantined("shop_orders")] == [2, 4]


def test_quote_that_is_closed_too_late_swallows_no_row(bench: Bench) -> None:
    """A record of the wrong width gives back the lines in it that are rows by themselves."""
    rows = ['o2,2026-01-01,"open', "o3,2026-01-01,1,paid", 'o4,2026-01-01,1,5"']

    assert loaded_orders(bench, ORDERS + "\n".join(rows)) == ["o3", "o4"]
    assert [line for line, _, _ in bench.quarantined("shop_orders")] == [2]


def test_record_of_several_lines_is_quarantined_as_one(bench: Bench) -> None:
    """Where its lines are no rows, a record of the wrong width stays in one piece."""
    loaded_orders(bench, ORDERS + 'o2,2026-01-01,1,paid,"several\nlines, really"\n' + GOOD)

    assert bench.quarantined("shop_orders") == [(2, None, "too many columns: 5 instead of 4")]


def test_line_breaks_inside_quotes_belong_to_the_cell(bench: Bench) -> None:
    """Line numbers are those of an editor: the line on which a row starts."""
    content = ORDERS + 'o1,2026-01-01,1,"two\r\nlines"\n' + GOOD.replace("o1", "o2")
    bench.put("shop/orders.csv", content)
    bench.load()

    assert bench.query("select order_id, status, _line_number from raw_shop.orders order by 1") == [
        ("o1", "two\r\nlines", 2),
        ("o2", "paid", 4),
    ]


def test_negative_quantity_is_kept(bench: Bench) -> None:
    """Returned goods are no error."""
    bench.put("shop/order_lines.csv", "order_id,line_number,quantity,amount\no1,1,-2,-25.00\n")
    bench.load()

    assert bench.query("select quantity, amount from raw_shop.order_lines") == [("-2", "-25.00")]


@pytest.mark.parametrize(
    ("ordered_at", "amount"),
    [
        ("2026-01-01", "-12.5"),
        ("2026-01-01T10:00:00+03:00", ".5"),
        ("2026-01-01 10:00:00.123456Z", "1e3"),
        (" 2026/01/01 ", " 12 "),
        ("2026-01-01", "12.5000"),
        ("2026-01-01", "0.30000000000000004"),
        ("2026-01-01", "9999999999999999.99"),
    ],
)
def test_required_value_that_can_be_read_is_loaded(
    bench: Bench, ordered_at: str, amount: str
) -> None:
    """With an offset or without, with spaces around: the value is plain, so the row counts."""
    assert loaded_orders(bench, ORDERS + f"o1,{ordered_at},{amount},paid\n") == ["o1"]


def test_unreadable_optional_value_is_kept_as_it_stands(bench: Bench) -> None:
    """Only what a row cannot do without sends it to quarantine."""
    bench.put("crm/contacts.csv", "contact_id,birth_date\nC1,0000-00-00\n")
    bench.load()

    assert bench.query("select contact_id, birth_date from raw_crm.contacts") == [
        ("C1", "0000-00-00")
    ]


def test_optional_amount_that_would_be_rounded_is_told(bench: Bench) -> None:
    """The row counts and keeps its value in raw; that it is not read is no secret."""
    rows = ["o1,1,0.333,1", "o1,2,0.50,", "o1,3,€ 2,0.125", "o1,4,,2.000"]
    bench.put("shop/order_lines.csv", "order_id,line_number,unit_price,amount\n" + "\n".join(rows))

    warnings = bench.load().warnings

    assert bench.quarantined("shop_order_lines") == []
    assert warnings == tuple(
        f"shop/order_lines.csv: {count} of column {column} are no amounts of at most two decimals; "
        "they stay in raw and are empty after."
        for column, count in [("unit_price", 2), ("amount", 1)]
    )


def test_decision_that_is_neither_in_nor_out_is_quarantined(bench: Bench) -> None:
    """Consent is never guessed."""
    rows = ["d1, Opt_In ,2026-01-01", "d2,maybe,2026-01-01"]
    bench.put("consent/decisions.csv", "decision_id,decision,decided_at\n" + "\n".join(rows))
    bench.load()

    assert bench.query("select decision_id from raw_consent.decisions") == [("d1",)]
    assert bench.quarantined("consent_decisions") == [(3, "decision", "not one of opt_in, opt_out")]


def test_quarantine_keeps_the_row_but_never_more_than_its_start(bench: Bench) -> None:
    """File and line lead to the rest."""
    long = "x" * 50_000
    loaded_orders(bench, ORDERS + f"o1,never,1,{long}\n" + f"o2,2026-01-01,1,{long},more\n")

    rows = bench.query("select file_name, raw_row from quarantine.shop_orders order by line_number")
    assert [name for name, _ in rows] == ["shop/orders.csv"] * 2
    assert rows[0][1].startswith('{"order_id":"o1","ordered_at":"never"')
    assert rows[1][1].startswith("o2,2026-01-01,1,xxx")
    assert all(row.endswith("… (cut after 10,000 characters)") for _, row in rows)


@pytest.mark.parametrize(
    "moment",
    [
        "2026-01-31T10:00Z",
        "2026-01-31T11:00+01:00",
        "2026-01-31t10:00:00z",
        "2026-01-31 10:00:00,0 +0000",
        "20260131T100000Z",
        "2026-01-31T10:00",
    ],
)
def test_every_form_of_iso_8601_is_a_time(bench: Bench, moment: str) -> None:
    """Casts know fewer forms than the standard; no row is lost to that."""
    assert loaded_orders(bench, f'{ORDERS}o1,"{moment}",1.00,paid\n') == ["o1"]


@pytest.mark.parametrize("moment", ["2026-02-30T10:00Z", "1712011200", "20260131T2500Z", "10:00Z"])
def test_what_is_no_moment_is_quarantined(bench: Bench, moment: str) -> None:
    """A number of seconds is not taken for a day of the year 1712."""
    assert loaded_orders(bench, f"{ORDERS}o1,{moment},1.00,paid\n") == []


def test_loader_and_staging_read_times_alike() -> None:
    """A row that passes the loader and is no time in staging would be lost."""
    macro = (PROJECT_DIR / "macros/portable/iso_time_rewrites.sql").read_text(encoding="utf-8")
    steps = re.findall(r"\('(.*)', '(.*)'\),", macro.replace("\\\\", "\\"))

    assert tuple(steps) == ISO_TIME_REWRITES
