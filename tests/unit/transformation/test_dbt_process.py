"""What dbt leaves is whole at any moment, whoever reads it, and whenever dbt is killed."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from dbt_common.clients import system

from orchestration.transformation import dbt_process


@pytest.fixture(autouse=True)
def _dbt_as_we_start_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "open", open, raising=False)
    monkeypatch.setattr(sys, "argv", ["dbt", "--help"])
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(dbt_process.gc, "set_threshold", lambda *_: None)
    dbt_process.main()


def test_a_manifest_that_is_cut_off_leaves_the_former_one(tmp_path: Path) -> None:
    """Half of one kept every command from starting, until somebody removed it."""
    path = tmp_path / "manifest.json"
    system.write_json(str(path), {"nodes": 1})

    with pytest.raises(TypeError):
        system.write_json(str(path), {"nodes": 2, "cut off": object()})

    assert system.read_json(str(path)) == {"nodes": 1}


def test_who_reads_a_query_while_dbt_compiles_it_has_a_whole_one(tmp_path: Path) -> None:
    """A delivery reads the state of the ledger by it, while the next run is building."""
    path = tmp_path / "compiled" / "delivered_state.sql"
    system.write_file(str(path), "select 1")

    with path.open(encoding="utf-8") as reader:
        system.write_file(str(path), "select 2")
        assert reader.read() == "select 1"
    assert path.read_text(encoding="utf-8") == "select 2"
    assert list(path.parent.iterdir()) == [path]


def test_two_threads_of_dbt_write_one_file(tmp_path: Path) -> None:
    """The unit tests of a model do, with the rows that they are given."""
    path = tmp_path / "compiled" / "model.sql"

    def write(number: int) -> None:
        for _ in range(200):
            system.write_file(str(path), f"select {number}\n" * 50)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, (1, 2)))

    assert path.read_text(encoding="utf-8") in {"select 1\n" * 50, "select 2\n" * 50}
