"""What DuckDB finds where it is given scipy's connected components."""

import gc
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from orchestration.transformation.scipy_components import Plugin

LABELS = """
    select unnest(scipy_components(list(a), list(b)), recursive := true)
    from (values (7, 3), (3, 9), (4, 2)) as links(a, b)
"""


@pytest.fixture
def plugin() -> Plugin:
    """The plugin as dbt-duckdb makes it."""
    return Plugin("scipy_components", {})


@pytest.fixture
def warehouse(tmp_path: Path, plugin: Plugin) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the plugin's function."""
    with closing(duckdb.connect(tmp_path / "warehouse.duckdb")) as connection:
        plugin.configure_connection(connection)
        yield connection


def test_each_node_is_labelled_with_the_smallest_of_its_component(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    """Whatever the order of the links and of their ends."""
    labels = warehouse.execute(LABELS).fetchall()

    assert sorted(labels) == [(2, 2), (3, 3), (4, 2), (7, 3), (9, 3)]


def test_no_links_have_no_nodes(warehouse: duckdb.DuckDBPyConnection) -> None:
    """An empty graph is none that scipy would be asked about."""
    assert warehouse.execute(f"{LABELS} where a < 0").fetchall() == []


def test_graphs_of_several_rows_are_labelled_apart(warehouse: duckdb.DuckDBPyConnection) -> None:
    """A node may be in two of them."""
    labels = warehouse.execute(
        "select scipy_components([x], [y]) from (values (1, 2), (2, 3)) as links(x, y)"
    ).fetchall()

    assert [[tuple(label.values()) for label in row] for (row,) in labels] == [
        [(1, 1), (2, 1)],
        [(2, 2), (3, 2)],
    ]


def test_a_second_connection_has_the_function_when_the_first_is_closed(
    tmp_path: Path, plugin: Plugin
) -> None:
    """One process may open a warehouse twice, as sqlfluff's templater does."""
    path = tmp_path / "shared.duckdb"
    first = duckdb.connect(path)
    plugin.configure_connection(first)
    with closing(duckdb.connect(path)) as second:
        plugin.configure_connection(second)
        first.close()
        del first
        gc.collect()

        assert len(second.execute(LABELS).fetchall()) == 5
