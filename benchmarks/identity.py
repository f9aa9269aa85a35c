"""Connected components: the product's portable SQL against scipy, on the same links.

Both sides read the links from a DuckDB table and write the labels into one. CPU seconds, with the
start-up of dbt measured on an empty table and taken off; sides alternate and the medians are
compared as a ratio, since machines are noisy. A chain is set against a random graph with as many
links, because that is where naive algorithms break.

    python benchmarks/identity.py --links 1000000 --rounds 3

The aim is at most 5 times scipy, and at most 3 times for a chain of 10,000.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import duckdb
import numpy as np
import typer
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

PROJECT = Path(__file__).parent / "components"


def main(
    links: Annotated[int, typer.Option(help="Links of the random graph.")] = 1_000_000,
    chain: Annotated[int, typer.Option(help="Length of the chain.")] = 10_000,
    rounds: Annotated[int, typer.Option(help="Runs of each side; the median counts.")] = 3,
) -> None:
    """Print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Path(folder) / "warehouse.duckdb"
        fill(warehouse, 0, "random")
        by_dbt(warehouse)  # parses the project once, for all later runs
        start_up = statistics.median(cpu_seconds(lambda: by_dbt(warehouse)) for _ in range(3))

        fill(warehouse, links, "random")
        sql, floor = [], []
        for _ in range(rounds):
            sql.append(cpu_seconds(lambda: by_dbt(warehouse)) - start_up)
            floor.append(cpu_seconds(lambda: by_scipy(warehouse)))
        same = same_partition(warehouse)
        compared = statistics.median(sql) / statistics.median(floor)
        print(
            f"{links:,} random links: SQL {statistics.median(sql):.1f} s, "
            f"scipy {statistics.median(floor):.1f} s, ratio {compared:.1f}, same: {same}"
        )

        fill(warehouse, chain, "chain")
        long_way = statistics.median(cpu_seconds(lambda: by_dbt(warehouse)) for _ in range(rounds))
        fill(warehouse, chain, "random")
        short_way = statistics.median(cpu_seconds(lambda: by_dbt(warehouse)) for _ in range(rounds))
        print(
            f"chain of {chain:,} against random links: {long_way / short_way:.1f} with dbt's "
            f"start-up; without it {long_way - start_up:.2f} s and {short_way - start_up:.2f} s"
        )


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


def by_dbt(warehouse: Path) -> None:
    """Run the product's materialization."""
    subprocess.run(
        [
            str(Path(sys.executable).with_name("dbt")), "run", "--quiet",
            f"--project-dir={PROJECT}", f"--profiles-dir={PROJECT}",
            f"--target-path={warehouse.parent / 'target'}", "--log-level-file=none",
            f"--log-path={warehouse.parent}",
        ],
        env=os.environ | {"BENCHMARK_WAREHOUSE": str(warehouse), "DO_NOT_TRACK": "1"},
        check=True,
    )  # fmt: skip


def by_scipy(warehouse: Path) -> None:
    """Read, label and write in a process of its own, as dbt's side does."""
    subprocess.run([sys.executable, __file__, "scipy", str(warehouse)], check=True)


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
        connection.execute("create or replace table benchmark.labels as from labelled")


def same_partition(warehouse: Path) -> bool:
    """Whether both sides put the same nodes together."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        (pairs, ours, theirs) = connection.execute("""
            select count(distinct (c.component, l.component)), count(distinct c.component),
                count(distinct l.component)
            from benchmark.labels as l full join main.components as c using (node)
        """).fetchone() or (0, 1, 2)
    return bool(pairs == ours == theirs)


def cpu_seconds(work: Callable[[], None]) -> float:
    """CPU seconds that child processes spent on the work."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    if sys.argv[1:2] == ["scipy"]:
        label_with_scipy(Path(sys.argv[2]))
    else:
        typer.run(main)
