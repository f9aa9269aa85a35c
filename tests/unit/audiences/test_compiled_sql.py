"""Promises of compiled models: they mean what the file says, whatever its text is made of."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import duckdb
import jinja2
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.audiences import compile_audiences
from tests.unit.audiences.conftest import HEAD, Write

Members = Callable[[str], set[str]]

TABLES = """
create table stg_onefold__current_run as select timestamp '2026-06-30 12:00' as run_at;
create table single_customer_view (
    person_id text, city text, revenue decimal(18, 2), may_email boolean, birth_date date,
    last_purchase_at timestamp
);
insert into single_customer_view values
('p1', 'Berlin', 10.10, true, '1990-06-30', '2026-06-30 11:00'),
('p2', 'Rostock', 99.99, false, '1991-01-01', '2026-06-23 12:00'),
('p3', null, null, null, null, null),
('p4', 'O''Fallon', 100.00, true, '2062-01-01', '2062-01-01');
create table events (person_id text, event_name text, occurred_at timestamp);
insert into events values
('p1', 'login', '2026-06-30 11:00'), ('p1', 'login', '2026-06-28'), ('p1', 'login', '2062-01-01'),
('p2', 'login', '2026-06-23 12:00:01'), ('p2', 'login', '2026-06-23 12:00'),
('p2', 'search', '2026-06-29'), (null, 'login', '2026-06-29');
create table orders (
    person_id text, source_name text, order_id text, kind text, is_cancelled boolean,
    is_refunded boolean, ordered_at timestamp
);
insert into orders values
('p1', 'pos', 'o1', 'sale', false, false, '2026-06-29'),
('p1', 'shop', 'o1', 'sale', false, false, '2026-06-29'),
('p2', 'pos', 'o2', 'sale', true, false, '2026-06-29'),
('p2', 'pos', 'o3', 'return', false, false, '2026-06-29'),
('p4', 'pos', 'o4', 'sale', false, false, '2062-01-01');
create table order_lines (
    source_name text, order_id text, product_id text, product_category text,
    quantity decimal(18, 3)
);
insert into order_lines values
('pos', 'o1', 'mug', 'home', 1), ('pos', 'o1', 'pan', 'home', 1),
('shop', 'o1', 'mug', 'home', -1), ('pos', 'o2', 'mug', 'home', 1);
create table audience_vip_customers as select 'p2' as person_id;
"""

HOSTILE = [
    "O'Fallon",
    "'; drop table orders; --",
    "' or '1'='1",
    "\\' or 1=1 --",
    "{{ env_var('HOME') }}",
    "{% do run_query('drop table orders') %}",
    "{# gone #}",
    "{{{{%%}}}}#}",
    "/* */ -- ;",
    '"; select 1',
    "$$ x $$",
    "Санкт-Петербург",
    "a\u00a0b\u200bc",
    "🦊" * 50,
    "null",
    "UPPER and lower",
]


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    """The tables that compiled models read, with a few people."""
    with duckdb.connect() as connection:
        connection.execute(TABLES)
        yield connection


@pytest.fixture
def members(project: Path, write: Write, warehouse: duckdb.DuckDBPyConnection) -> Members:
    """Compile conditions as the program does, render them as dbt does, and run them."""

    def found(who: str) -> set[str]:
        write(who)
        compile_audiences(project)
        rows = warehouse.execute(rendered(project)).fetchall()
        assert len(rows) == len(set(rows))
        return {person_id for (person_id,) in rows}

    return found


def rendered(project: Path) -> str:
    """Return the model as the warehouse gets it."""
    text = (project / "models/marts/audiences/audience_probe.sql").read_text(encoding="utf-8")
    template = jinja2.Environment(undefined=jinja2.StrictUndefined).from_string(text)  # noqa: S701
    dateadd = "{0}::timestamp + interval ({1}) {2}".format
    return template.render(
        ref=lambda name: name,
        dbt=SimpleNamespace(dateadd=lambda part, number, moment: dateadd(moment, number, part)),
    )


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("{column: city, is: Berlin}", "p1"),
        ("{column: city, in: [Berlin, O'Fallon]}", "p1 p4"),
        ("not: {column: city, is: Berlin}", "p2 p3 p4"),
        ("not: {not: {column: city, is: Berlin}}", "p1"),
        ("{column: city, known: false}", "p3"),
        ("{column: city, known: true}", "p1 p2 p4"),
        ("{column: revenue, above: 99.99}", "p4"),
        ("{column: revenue, at_least: 99.99}", "p2 p4"),
        ("{column: revenue, below: 99.99}", "p1"),
        ("{column: revenue, at_most: 99.99}", "p1 p2"),
        ("{column: may_email, is: true}", "p1 p4"),
        ("not: {column: may_email, is: true}", "p2 p3"),
        ("{column: birth_date, at_most: 1990-06-30}", "p1"),
        ("{column: last_purchase_at, is: 2026-06-30}", "p1"),
        ("{column: last_purchase_at, at_most: 2026-06-30}", "p1 p2"),
        ("{column: last_purchase_at, in_last_days: 7}", "p1"),
        ("{column: last_purchase_at, before_last_days: 7}", "p2"),
        ("{column: birth_date, before_last_days: 7}", "p1 p2"),
        ("{event: login}", "p1 p2"),
        ("{event: login, within_days: 7}", "p1 p2"),
        ("{event: login, within_days: 7, at_least: 2}", "p1"),
        ("{event: login, at_most: 0}", "p3 p4"),
        ("{event: login, at_least: 1, at_most: 2, within_days: 3}", "p1"),
        ("{bought: anything}", "p1"),
        ("{bought: anything, at_least: 3}", ""),
        ("{bought: anything, at_least: 2, within_days: 2}", "p1"),
        ("{bought: {product_id: mug}}", "p1"),
        ("{bought: {product_id: mug}, at_least: 2}", ""),
        ("{bought: {product_category: home, product_id: pan}}", "p1"),
        ("not: {bought: {product_id: mug}}", "p2 p3 p4"),
        ("{member_of: vip_customers}", "p2"),
        ("not: {member_of: vip_customers}", "p1 p3 p4"),
        ("all: [{event: login}, {not: {member_of: vip_customers}}]", "p1"),
        ("any: [{member_of: vip_customers}, {all: [{column: city, known: false}, "
         "{event: login, at_most: 0}]}]", "p2 p3"),
        ("not: {any: [{column: city, is: Berlin}, {column: revenue, above: 99.99}]}", "p2 p3"),
        ("not: {all: [{column: city, is: Berlin}, {column: revenue, above: 1}]}", "p2 p3 p4"),
    ],
)  # fmt: skip
def test_a_condition_means_what_it_says(members: Members, who: str, expected: str) -> None:
    """Borders as the words have them; what is unknown does not hold, and so may be negated."""
    assert members(who) == set(expected.split())


@pytest.mark.parametrize("name", ["events", "orders", "order_lines", "current_run"])
def test_an_audience_may_be_called_as_a_table_is(project: Path, write: Write, name: str) -> None:
    """Its members and the table are two things, and the model imports both."""
    write("{column: city, is: Berlin}", name=name)
    write(f"all: [{{member_of: {name}}}, {{event: login}}, {{bought: {{product_id: mug}}}}]")

    compile_audiences(project)

    model = (project / "models/marts/audiences/audience_probe.sql").read_text(encoding="utf-8")
    imported = set(re.findall(r"ref\('(\w+)'\)", model))
    assert imported == {
        "single_customer_view",
        "events",
        "orders",
        "order_lines",
        "stg_onefold__current_run",
        f"audience_{name}",
    }


@pytest.mark.parametrize("value", HOSTILE)
def test_a_text_is_compared_and_never_run(
    members: Members, warehouse: duckdb.DuckDBPyConnection, value: str
) -> None:
    """Neither the warehouse nor dbt's templates take it for anything else."""
    warehouse.execute(
        "insert into single_customer_view (person_id, city) values ('it', ?)", [value]
    )
    warehouse.execute("insert into events values ('it', ?, '2026-06-30')", [value])
    warehouse.execute(
        "insert into orders values ('it', 'pos', 'x', 'sale', false, false, '2026-06-30')"
    )
    warehouse.execute("insert into order_lines values ('pos', 'x', ?, ?, 1)", [value, value])
    quoted = json.dumps(value, ensure_ascii=False)

    assert "it" in members(f"{{column: city, is: {quoted}}}")
    assert "it" not in members(f"not: {{column: city, in: [{quoted}, Berlin]}}")
    assert members(f"{{event: {quoted}}}") == {"it"}
    assert members(f"{{bought: {{product_id: {quoted}, product_category: {quoted}}}}}") == {"it"}
    assert warehouse.execute("select count(*) from orders").fetchall() == [(6,)]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(st.sampled_from("{}%#'\"\\-;/* \nаx\x00"), min_size=1, max_size=12))
def test_any_text_either_is_refused_or_finds_itself(
    members: Members, warehouse: duckdb.DuckDBPyConnection, value: str
) -> None:
    """Made of the signs that SQL, YAML and templates give a meaning."""
    warehouse.execute("update single_customer_view set city = ? where person_id = 'p3'", [value])
    quoted = json.dumps(value, ensure_ascii=False)

    if not value.strip() or {"\n", "\x00"} & set(value):
        with pytest.raises(Exception, match="line 6: the value must be text of one line"):
            members(f"{{column: city, is: {quoted}}}")
    else:
        assert members(f"{{column: city, is: {quoted}}}") == {"p3"}


@pytest.mark.parametrize("told", ["it's; 'fine' \"too\"", "a: b # c", "- x", "{ % }", "Ёлка & Co"])
def test_a_title_of_any_signs_leaves_the_page_readable(
    project: Path, write: Write, told: str
) -> None:
    """Title, owner and description go to the page, where dbt reads them."""
    quoted = json.dumps(told, ensure_ascii=False)
    head = HEAD.replace("A test", quoted).replace("owner@example.com", quoted)
    write("{column: city, is: Berlin}", head=f"description: {quoted}\n{head}")
    compile_audiences(project)
    page = (project / "models/marts/audiences/audience_probe.yml").read_text(encoding="utf-8")
    [model] = yaml.safe_load(page)["models"]

    assert model["config"]["meta"]["audience"]["title"] == told
    assert model["config"]["meta"]["audience"]["owner"] == told
    assert model["description"].startswith(told)
