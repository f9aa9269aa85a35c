"""A build that fails says which models and tests, never which values."""

import json
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.errors import BuildError
from orchestration.settings import Settings
from orchestration.transformation import build
from orchestration.transformation.manifest import manifest_path

NEEDLE = "needle@example.com"
FAILED_TEST = {
    "unique_id": "test.onefold.unique_people_person_id.abc123",
    "status": "fail",
    "failures": 3,
    "message": "Got 3 results",
}
FAILED_MODEL = {"unique_id": "model.onefold.orders", "status": "error", "failures": None}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an empty home."""
    settings = Settings(home=tmp_path)
    settings.target_path.mkdir(parents=True)
    return settings


def pretend_dbt(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, results: list[dict[str, Any]] | None
) -> None:
    """Put a small program in dbt's place, which writes these results."""
    report = None if results is None else json.dumps({"results": results})
    event = {"info": {"level": "error", "name": "X", "msg": f"IO Error: {NEEDLE}"}, "data": {}}
    program = (
        f"import pathlib, sys; print({json.dumps(event)!r});"
        f"report = {report!r};"
        f"report and pathlib.Path({str(settings.target_path)!r}, 'run_results.json')"
        ".write_text(report);"
        "sys.exit(1)"
    )
    monkeypatch.setattr(build, "dbt_command", lambda *_: [sys.executable, "-c", program])


def failed_build(settings: Settings) -> str:
    """Run the build to its end and return the sentence of its failure."""
    with pytest.raises(BuildError) as caught:
        list(build.stream_build(settings, []))
    return str(caught.value)


def test_a_failed_test_is_told_by_name_and_rows(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """Who reads the sentence knows which promise is broken, and how often."""
    pretend_dbt(monkeypatch, settings, [FAILED_TEST])

    assert "test unique_people_person_id (3 rows)" in failed_build(settings)


def test_a_test_is_told_with_what_it_promises(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """A name and a number alone do not tell what is to be mended."""
    unique_id = "test.onefold.assert_all_is_well"
    nodes = {unique_id: {"description": "All is\nwell."}}
    manifest_path(settings).write_text(json.dumps({"nodes": nodes}))
    result = {"unique_id": unique_id, "status": "fail", "failures": 1, "message": ""}
    pretend_dbt(monkeypatch, settings, [result])

    assert 'test assert_all_is_well (1 row against "All is well")' in failed_build(settings)


def test_warnings_are_told_but_stop_nothing(settings: Settings) -> None:
    """What passes with a warning is not left to those who look into Dagster."""
    warned, passed = {"status": "warn"}, {"status": "pass", "failures": 0}
    report = {"results": [FAILED_TEST | warned, FAILED_TEST | passed]}
    (settings.target_path / "run_results.json").write_text(json.dumps(report))

    assert build.build_warnings(settings) == ["Warning: test unique_people_person_id (3 rows)."]


def test_warnings_are_told_also_where_a_test_failed(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """What warns is often why another one fails."""
    pretend_dbt(monkeypatch, settings, [FAILED_TEST | {"status": "warn"}, FAILED_TEST])
    told: list[str] = []

    with pytest.raises(BuildError):
        list(build.stream_build(settings, [], told.append))

    assert told == ["Warning: test unique_people_person_id (3 rows)."]


def test_the_values_in_a_database_error_are_not_repeated(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """DuckDB quotes the value that it could not convert; the sentence and the report do not."""
    message = f"Runtime Error in model orders\n  Conversion Error: Could not read '{NEEDLE}'"
    pretend_dbt(monkeypatch, settings, [FAILED_MODEL | {"message": message}])

    assert failed_build(settings).endswith("model orders (Conversion Error).")
    assert NEEDLE not in (settings.target_path / "run_results.json").read_text()


def test_a_value_that_a_seed_cannot_hold_is_told_by_its_place(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """Whoever edited a rule needs the line and the column."""
    message = (
        "Runtime Error in seed match_rules\n  Conversion Error: CSV Error on Line: 6\n"
        f"  Original Line: {NEEDLE},same_name\n"
        f"  Error when converting column \"rank\". Could not convert string '{NEEDLE}'"
    )
    pretend_dbt(monkeypatch, settings, [FAILED_MODEL | {"message": message}])

    assert failed_build(settings).endswith("(Conversion Error in line 6, column rank).")
    assert NEEDLE not in (settings.target_path / "run_results.json").read_text()


def test_an_error_in_the_sql_itself_is_told_in_full(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """Who edited a model needs the name of the column that does not exist."""
    message = 'Binder Error: Referenced column "amont" not found'
    pretend_dbt(monkeypatch, settings, [FAILED_MODEL | {"message": message}])

    assert '"amont" not found' in failed_build(settings)


def test_a_dbt_that_does_not_start_is_told_by_class(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """Without results there is still a sentence, and still no value in it."""
    pretend_dbt(monkeypatch, settings, None)

    sentence = failed_build(settings)

    assert sentence == "dbt stopped before it built anything: IO Error."


def test_many_failures_are_counted(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """A sentence stays a sentence when everything fails."""
    results = [
        {"unique_id": f"model.onefold.m{n}", "status": "error", "failures": None, "message": ""}
        for n in range(9)
    ]
    pretend_dbt(monkeypatch, settings, results)

    assert "and 4 more" in failed_build(settings)


@pytest.mark.parametrize(
    ("meta", "told"),
    [({"shows_figures": True}, "(1 row: precision 0.91, floor 0.95)"), ({}, "(1 row)")],
)
def test_a_test_of_figures_shows_them_and_no_other_test_does(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, meta: dict[str, bool], told: str
) -> None:
    """A floor that was missed is worth little without by how much; rows of data stay unseen."""
    failed = FAILED_TEST | {"failures": 1, "compiled_code": "select * from quality"}
    manifest = {"nodes": {failed["unique_id"]: {"config": {"meta": meta}}}}
    manifest_path(settings).write_text(json.dumps(manifest))
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        warehouse.execute("create table quality as select 0.91 as precision, 0.95 as floor")
    pretend_dbt(monkeypatch, settings, [failed])

    assert told in failed_build(settings)


def test_a_build_that_nobody_listens_to_any_more_ends(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """A run that is terminated, or fails between two events, keeps no lock while dbt goes on."""
    event = json.dumps({"info": {"level": "info", "msg": "started"}})
    program = f"import time; print({event!r}, flush=True); time.sleep(20)"
    monkeypatch.setattr(build, "dbt_command", lambda *_: [sys.executable, "-c", program])
    events = build.stream_build(settings, [])
    next(events)

    started_at = time.monotonic()
    events.close()

    assert time.monotonic() - started_at < 10
