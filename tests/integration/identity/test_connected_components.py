"""Connected components, as the materialization of that name leaves them."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from orchestration.settings import PROJECT_DIR

PROJECT = PROJECT_DIR / "benchmarks" / "components"
Links = list[tuple[int, int]]


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where dbt keeps what it read of the project."""
    return tmp_path_factory.mktemp("target")


def components(links: Links, folder: Path, target: Path) -> dict[int, int]:
    """Return the component of each node, as dbt built it."""
    path = folder / "warehouse.duckdb"
    with duckdb.connect(path) as warehouse:
        warehouse.execute("create schema benchmark")
        warehouse.execute("create table benchmark.links (a bigint, b bigint)")
        warehouse.execute(
            "insert into benchmark.links select unnest(?), unnest(?)",
            list(zip(*links, strict=True)),
        )
    subprocess.run(
        [
            str(Path(sys.executable).with_name("dbt")), "run", "--quiet",
            f"--project-dir={PROJECT}", f"--profiles-dir={PROJECT}",
            f"--target-path={target}", f"--log-path={target}",
        ],
        # By one name in each folder: dbt reads the project anew where a variable is another.
        env=os.environ | {"BENCHMARK_WAREHOUSE": path.name, "DO_NOT_TRACK": "1"},
        cwd=folder,
        check=True,
    )  # fmt: skip
    with duckdb.connect(path, read_only=True) as warehouse:
        return dict(warehouse.execute("select node, component from main.components").fetchall())


def smallest_reachable(links: Links) -> Iterator[tuple[int, int]]:
    """Yield each node with the smallest that can be reached from it, found one by one."""
    neighbours: dict[int, set[int]] = {}
    for a, b in links:
        if a != b:
            neighbours.setdefault(a, set()).add(b)
            neighbours.setdefault(b, set()).add(a)
    for node in neighbours:
        seen, waiting = {node}, [node]
        while waiting:
            found = neighbours[waiting.pop()] - seen
            seen |= found
            waiting += found
        yield node, min(seen)


def random_links(nodes: int, links: int) -> Links:
    """Return links that make few large and many small components."""
    chance = random.Random(7)
    return [(chance.randrange(nodes), chance.randrange(nodes)) for _ in range(links)]


def shuffled_chain(length: int) -> Links:
    """Return a chain whose nodes are numbered in any order."""
    nodes = list(range(10_000, 10_000 + length))
    random.Random(7).shuffle(nodes)
    return list(pairwise(nodes))


@pytest.mark.parametrize(
    "links",
    [
        pytest.param(random_links(600, 250), id="few links"),
        pytest.param(random_links(600, 250) + shuffled_chain(120), id="few links, one long chain"),
        pytest.param(random_links(9000, 6000), id="more links than one statement labels"),
    ],
)
def test_each_node_is_labelled_with_the_smallest_it_is_joined_to(
    links: Links, tmp_path: Path, target: Path
) -> None:
    """In one statement or by rounds, and however long a component is."""
    assert components(links, tmp_path, target) == dict(smallest_reachable(links))
