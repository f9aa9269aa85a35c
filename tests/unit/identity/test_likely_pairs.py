"""Records without shared identifiers are scored by what else they say."""

import random
import string
from datetime import date, timedelta

import pyarrow as pa
import pytest

from orchestration.identity.likely_pairs import score_pairs

COLUMNS = (
    "node",
    "first_name",
    "last_name",
    "birth_date",
    "email",
    "phone",
    "street",
    "postcode",
    "city",
)
PEOPLE = 200
# Record 1,000 + n is the second one of the person of record n.
AGAIN = 1000


def _word(chance: random.Random, length: int) -> str:
    return "".join(chance.choices(string.ascii_lowercase, k=length))


def _person(chance: random.Random, first_names: list[str]) -> dict[str, str | None]:
    born = date(1950, 1, 1) + timedelta(days=chance.randrange(18_000))
    return {
        "first_name": chance.choice(first_names),
        "last_name": _word(chance, 8),
        "birth_date": born.isoformat(),
        "email": None,
        "phone": None,
        "street": _word(chance, 10),
        "postcode": f"{chance.randrange(10_000, 99_999)}",
        "city": chance.choice(["ulm", "wesel", "tver", "boston", "izhevsk"]),
    }


def _table(records: dict[int, dict[str, str | None]]) -> pa.Table:
    rows = [{"node": node, **details} for node, details in records.items()]
    schema = pa.schema([(name, pa.int64() if name == "node" else pa.string()) for name in COLUMNS])
    return pa.Table.from_pylist(rows, schema=schema)


@pytest.fixture(scope="module")
def records() -> dict[int, dict[str, str | None]]:
    """Two records of each person; in the second a letter of the last name is missing."""
    chance = random.Random(1)
    first_names = [_word(chance, 6) for _ in range(40)]
    first = {node: _person(chance, first_names) for node in range(PEOPLE)}
    again = {
        AGAIN + node: details | {"last_name": str(details["last_name"])[: 7 + node % 2]}
        for node, details in first.items()
    }
    return first | again


def _pairs(scored: pa.Table) -> set[tuple[int, int]]:
    columns = scored.select(["lower_node", "upper_node"]).to_pydict()
    return set(zip(columns["lower_node"], columns["upper_node"], strict=True))


def test_typing_error_in_one_detail_leaves_a_pair_likely(
    records: dict[int, dict[str, str | None]],
) -> None:
    """All pairs are found and no others, each with what speaks for and against it."""
    scored = score_pairs(_table(records), at_least=0.9)

    assert _pairs(scored) == {(node, AGAIN + node) for node in range(PEOPLE)}
    accounts = scored.column("match_account").to_pylist()
    assert all("birth_date +" in account for account in accounts)
    assert not any("email" in account for account in accounts)


def test_records_meet_although_no_detail_is_without_an_error(
    records: dict[int, dict[str, str | None]],
) -> None:
    """Both names, the house number and the town are mistyped, and the birth date is not given."""
    details = records[0] | {"first_name": "marion", "last_name": "lindqvist", "street": "12elmroad"}
    mistyped = details | {
        "first_name": "maroin",
        "last_name": "linqvist",
        "birth_date": None,
        "street": "72elmroad",
        "city": "bostn",
    }

    scored = score_pairs(_table(records | {5000: details, 5001: mistyped}), at_least=0.1)

    assert (5000, 5001) in _pairs(scored)


def test_name_alone_makes_nobody_likely(records: dict[int, dict[str, str | None]]) -> None:
    """However rare a name, there are two of that name."""
    only_name = {
        node: details | dict.fromkeys(("birth_date", "street", "postcode", "city"))
        for node, details in list(records.items())[:5]
    }
    namesakes = {2000 + node: details for node, details in only_name.items()}

    scored = score_pairs(_table(records | namesakes), at_least=0.01)

    assert not any(upper >= 2000 for _, upper in _pairs(scored))


def test_scores_do_not_depend_on_the_order_of_records(
    records: dict[int, dict[str, str | None]],
) -> None:
    """The same records, the other way round, give the same answer to the last digit shown."""
    forwards = score_pairs(_table(records), at_least=0.5)
    backwards = score_pairs(_table(dict(reversed(records.items()))), at_least=0.5)

    assert forwards.column("match_account").equals(backwards.column("match_account"))
    for one, other in zip(
        forwards.column("match_probability").to_pylist(),
        backwards.column("match_probability").to_pylist(),
        strict=True,
    ):
        assert one == pytest.approx(other, abs=1e-6)


@pytest.mark.parametrize("count", [0, 1, 5])
def test_too_few_records_teach_nothing(count: int) -> None:
    """An empty warehouse, or nearly so, has no likely pairs and no error."""
    details = _person(random.Random(2), ["anna"])

    assert score_pairs(_table(dict.fromkeys(range(count), details)), at_least=0.1).num_rows == 0
