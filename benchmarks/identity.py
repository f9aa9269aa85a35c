"""Connected components: the product's, in SQL and by scipy, against scipy alone and Splink.

All sides read the same links from a DuckDB table and write the labels into one, each in a process
of its own. CPU seconds, with the start-up of each side measured on one link and taken off; sides
alternate and the medians are compared as a ratio, since machines are noisy. A chain is set against
a random graph with as many links, because that is where naive algorithms break.

    python benchmarks/identity.py --links 1000000 --rounds 3

The aims: at most 5 times scipy, 1.5 times where the product calls it, half of Splink, 3 times for a
chain of 10,000, and 150 MB for a million links in SQL.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import duckdb
import numpy as np
import typer
from cost import Cost, cost_of, median
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from splink import DuckDBAPI
from splink.clustering import cluster_pairwise_predictions_at_threshold

PROJECT = Path(__file__).parent / "components"


def main(
    links: Annotated[int, typer.Option(help="Links of the random graph.")] = 1_000_000,
    chain: Annotated[int, typer.Option(help="Length of the chain.")] = 10_000,
    rounds: Annotated[int, typer.Option(help="Runs of each side; the median counts.")] = 3,
) -> None:
    """Print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Path(folder) / "warehouse.duckdb"
        fill(warehouse, 1, "random")
        by_dbt(warehouse)  # parses the project once, for all later runs
        start_up = {name: median([run(warehouse) for _ in range(3)]) for name, run in SIDES.items()}

        fill(warehouse, links, "random")
        costs: dict[str, list[Cost]] = {name: [] for name in SIDES}
        for _ in range(rounds):
            for name, run in SIDES.items():
                costs[name].append(run(warehouse).beyond(start_up[name]))
        found = {name: median(cost) for name, cost in costs.items()}
        is_same = same_partition(warehouse)
        by_dbt_with_scipy(warehouse)
        print_comparison(links, found, is_same and same_partition(warehouse))

        fill(warehouse, chain, "chain")
        long_way = median([by_dbt(warehouse) for _ in range(rounds)])
        fill(warehouse, chain, "random")
        short_way = median([by_dbt(warehouse) for _ in range(rounds)])
        print(
            f"chain of {chain:,} against as many random links:"
            f" {long_way.cpu_seconds / short_way.cpu_seconds:.1f} with dbt's start-up; without it"
            f" {long_way.beyond(start_up['dbt']).cpu_seconds:.2f} s and"
            f" {short_way.beyond(start_up['dbt']).cpu_seconds:.2f} s"
        )


def print_comparison(links: int, found: dict[str, Cost], is_same: bool) -> None:
    """Print what each side took, and the ratios."""
    for name, cost in found.items():
        by_scipy, by_splink = (
            cost.cpu_seconds / found[peer].cpu_seconds for peer in ("scipy", "splink")
        )
        print(
            f"{links:,} random links, {name}: {cost.cpu_seconds:.1f} s,"
            f" {cost.peak_megabytes / links * 1e6:.0f} MB for a million links;"
            f" {by_scipy:.2f} x scipy, {by_splink:.2f} x Splink"
        )
    print(f"same components on all sides: {is_same}")


def fill(warehouse: Path, links: int, shape: str) -> None:
    """Make the links: a chain, or components of three nodes on average as people have them."""
    numbers = np.arange(links, dtype=np.int64)
    if shape == "chain":
        a, b = numbers, numbers + 1
    else:
        chance = np.random.default_rng(7)
        nodes = max(1, int(links * 1.3))
        a = chance.integers(0, nodes, links)
        b = np.minimum(a + chance.integers(1, 4, links), nodes)
    with duckdb.connect(str(warehouse)) as connection:
        connection.register("made", {"a": a, "b": b})
        connection.execute("create schema if not exists benchmark")
        connection.execute("create or replace table benchmark.links as from made where a <> b")


def by_dbt(warehouse: Path, scipy_from_links: int = 1_000_000_000) -> Cost:
    """Run the product's materialization."""
    return cost_of(
        [
            str(Path(sys.executable).with_name("dbt")), "run", "--quiet",
            f"--project-dir={PROJECT}", f"--profiles-dir={PROJECT}",
            f"--target-path={warehouse.parent / 'target'}", "--log-level-file=none",
            f"--log-path={warehouse.parent}",
        ],
        {
            "BENCHMARK_WAREHOUSE": str(warehouse),
            "DO_NOT_TRACK": "1",
            "ONEFOLD_SCIPY_FROM_LINKS": str(scipy_from_links),
        },
    )  # fmt: skip


def by_dbt_with_scipy(warehouse: Path) -> Cost:
    """Run the product's materialization where it hands all graphs to scipy."""
    return by_dbt(warehouse, scipy_from_links=0)


def by_scipy(warehouse: Path) -> Cost:
    """Read, label and write in a process of its own, as dbt's side does."""
    return cost_of([sys.executable, __file__, "scipy", str(warehouse)])


def by_splink(warehouse: Path) -> Cost:
    """Let Splink cluster the links, with its own reading and writing."""
    return cost_of([sys.executable, __file__, "splink", str(warehouse)])


def label_with_scipy(warehouse: Path) -> None:
    """Label the links with scipy's connected components."""
    with duckdb.connect(str(warehouse)) as connection:
        found = connection.execute("select a, b from benchmark.links").fetchnumpy()
        nodes, ends = np.unique(np.concatenate([found["a"], found["b"]]), return_inverse=True)
        half = len(ends) // 2
        graph = coo_array((np.ones(half, dtype=np.int8), (ends[:half], ends[half:])),
                          shape=(len(nodes), len(nodes)))  # fmt: skip
        _, labels = connected_components(graph, directed=False)
        connection.register("labelled", {"node": nodes, "component": labels})
        connection.execute("create or replace table benchmark.scipy_labels as from labelled")


def label_with_splink(warehouse: Path) -> None:
    """Label the links with Splink's clustering."""
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("set threads = 2")
        ends = "select a as node from benchmark.links union select b from benchmark.links"
        clusters = cluster_pairwise_predictions_at_threshold(
            nodes=connection.sql(ends),
            edges=connection.sql("select a as node_l, b as node_r from benchmark.links"),
            db_api=DuckDBAPI(connection),
            node_id_column_name="node",
        )
        labels = clusters.as_duckdbpyrelation()
        labels.select("node, cluster_id as component").to_view("labelled")
        connection.execute("create or replace table benchmark.splink_labels as from labelled")


def same_partition(warehouse: Path) -> bool:
    """Whether all sides put the same nodes together."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        (groups, *sides) = connection.execute("""
            select count(distinct (c.component, s.component, k.component)),
                count(distinct c.component), count(distinct s.component),
                count(distinct k.component)
            from benchmark.scipy_labels as s
            full join benchmark.splink_labels as k using (node)
            full join main.components as c using (node)
        """).fetchone() or (0, 1)
    return set(sides) == {groups}


SIDES: dict[str, Callable[[Path], Cost]] = {
    "dbt with scipy": by_dbt_with_scipy,
    "dbt": by_dbt,
    "scipy": by_scipy,
    "splink": by_splink,
}

if __name__ == "__main__":
    if sys.argv[1:2] == ["scipy"]:
        label_with_scipy(Path(sys.argv[2]))
    elif sys.argv[1:2] == ["splink"]:
        label_with_splink(Path(sys.argv[2]))
    else:
        typer.run(main)
