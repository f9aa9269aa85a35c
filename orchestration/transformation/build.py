"""A dbt build: its progress as events, its failures and warnings as sentences without values."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.errors import BuildError, OnefoldError
from orchestration.settings import PROJECT_DIR, Settings
from orchestration.transformation.manifest import (
    dbt_command,
    dbt_environment,
    manifest_path,
    read_manifest,
)
from orchestration.transformation.patterns import check_patterns
from orchestration.transformation.seed_rules import check_seeds
from orchestration.warehouse import connect

NodeEvent = dict[str, Any]

LEASH = Path(__file__).with_name("leash.py")

FAILED = ("error", "fail", "runtime error")

# Errors about the SQL itself. All others may quote a value of the data and are told by class.
TELLABLE = ("Binder Error", "Catalog Error", "Parser Error", "Compilation Error")
TOLD_BY_CLASS = re.compile(
    r"\b(?:Conversion|Constraint|Invalid Input|Invalid Type|Mismatch Type|Out of Range"
    r"|Out of Memory|IO|Permission|Transaction|Serialization|Not implemented|Internal) Error\b"
)
# Where a value of a seed does not fit; the line itself is quoted in between.
SEED_LINE = re.compile(r"CSV Error on Line: (\d+)")
SEED_COLUMN = re.compile(r'converting column "(\w+)"')

SHOWN_FAILURES = 5
MAX_REASON_LENGTH = 200


@dataclass(frozen=True)
class NodeFailure:
    """A model, seed or test that failed, or a test that warned; `promise` is what it holds."""

    kind: str
    name: str
    failing_rows: int | None
    reason: str
    promise: str = ""
    figures: str = ""

    def __str__(self) -> str:
        if self.failing_rows:
            rows = "1 row" if self.failing_rows == 1 else f"{self.failing_rows} rows"
            against = f' against "{self.promise}"' if self.promise else ""
            figures = f": {self.figures}" if self.figures else ""
            return f"{self.kind} {self.name} ({rows}{against}{figures})"
        return f"{self.kind} {self.name} ({self.reason})" if self.reason else str(self.name)


def stream_build(
    settings: Settings, arguments: Sequence[str], tell: Callable[[str], None] = lambda _: None
) -> Iterator[NodeEvent]:
    """Run `dbt build` and yield its structured events, while nothing of them is printed.

    Args:
        settings: The home to build in.
        arguments: What is handed on to dbt.
        tell: Told at the end which tests warned, also where others failed: what warns may be why.

    Raises:
        BuildError: a model or a test failed, a seed holds what is no regular expression or no
            rule, or dbt could not start.
    """
    check_patterns(PROJECT_DIR)
    check_seeds(PROJECT_DIR)
    results_path = settings.target_path / "run_results.json"
    results_path.unlink(missing_ok=True)

    leash = [sys.executable, "-I", str(LEASH), str(os.getpid())]
    process = subprocess.Popen(  # noqa: S603 - our own command line, no shell
        [*leash, *dbt_command(settings, "build", *arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=dbt_environment(settings),
        cwd=settings.home,
        text=True,
        encoding="utf-8",
    )
    messages: list[str] = []
    with process:
        try:
            for line in process.stdout or ():
                if line.startswith("{"):
                    event = json.loads(line)
                    if event["info"]["level"] == "error":
                        messages.append(event["info"]["msg"])
                    yield event
        except BaseException:
            # With nobody left to tell, dbt would wait for ever, and we for dbt.
            process.kill()
            raise

    failures = _settle_results(settings)
    for warning in build_warnings(settings):
        tell(warning)
    if failures:
        raise BuildError(_sentence(failures))
    if process.returncode != 0:
        reason = _safe_reason(" ".join(messages))
        raise BuildError(f"dbt stopped before it built anything: {reason or 'no reason given'}.")


def build_warnings(settings: Settings) -> list[str]:
    """Say which tests of the last build warned, which is to be known but stops nothing."""
    report = _report(settings)
    warned = [result for result in report["results"] if result["status"] == "warn"]
    return [f"Warning: {failure}." for failure in _failures(settings, warned)]


def _report(settings: Settings) -> dict[str, Any]:
    path = settings.target_path / "run_results.json"
    report: dict[str, Any] = json.loads(path.read_bytes()) if path.is_file() else {"results": []}
    return report


def _settle_results(settings: Settings) -> list[NodeFailure]:
    """Return what failed, and take the quoted values out of dbt's own report."""
    path = settings.target_path / "run_results.json"
    report = _report(settings)
    failed = [result for result in report["results"] if result["status"] in FAILED]
    failures = _failures(settings, failed)

    for result, failure in zip(failed, failures, strict=True):
        result["message"] = failure.reason
    if failed:
        path.write_text(json.dumps(report), encoding="utf-8")

    return failures


def _failures(settings: Settings, results: Sequence[dict[str, Any]]) -> list[NodeFailure]:
    is_described = bool(results) and manifest_path(settings).is_file()
    nodes = read_manifest(settings)["nodes"] if is_described else {}
    return [_failure(settings, result, nodes.get(result["unique_id"], {})) for result in results]


def _failure(settings: Settings, result: dict[str, Any], node: dict[str, Any]) -> NodeFailure:
    kind, _, name = result["unique_id"].split(".", 2)
    is_test_result = result["status"] in {"fail", "warn"}
    return NodeFailure(
        kind=kind.replace("_", " "),
        name=name.split(".")[0] if kind == "test" else name,
        failing_rows=result["failures"] if is_test_result else None,
        reason="" if is_test_result else _safe_reason(result["message"] or ""),
        promise=" ".join(node.get("description", "").split()).rstrip(".") if kind == "test" else "",
        figures=_figures(settings, result, node) if is_test_result else "",
    )


def _figures(settings: Settings, result: dict[str, Any], node: dict[str, Any]) -> str:
    """Return the first row of a test that says of itself that its rows are figures, no data."""
    if not node.get("config", {}).get("meta", {}).get("shows_figures"):
        return ""
    try:
        with connect(settings.warehouse_path, read_only=True) as warehouse:
            found = warehouse.execute(result["compiled_code"])
            names, row = [name for name, *_ in found.description], found.fetchone()
    except (duckdb.Error, OnefoldError):
        return ""
    return ", ".join(f"{name} {value}" for name, value in zip(names, row or (), strict=False))


def _safe_reason(message: str) -> str:
    text = " ".join(message.split())
    if any(tellable in text for tellable in TELLABLE):
        return text.split(" > in macro")[0][:MAX_REASON_LENGTH]
    told = TOLD_BY_CLASS.search(text)
    return (told.group() if told else "error") + _place(text)


def _place(text: str) -> str:
    """Return line and column of a seed, as the end of a reason."""
    line, column = SEED_LINE.search(text), SEED_COLUMN.search(text)
    at_column = f", column {column[1]}" if column else ""
    return f" in line {line[1]}{at_column}" if line else ""


def _sentence(failures: Sequence[NodeFailure]) -> str:
    shown = ", ".join(str(failure) for failure in failures[:SHOWN_FAILURES])
    hidden_count = len(failures) - SHOWN_FAILURES
    rest = f" and {hidden_count} more" if hidden_count > 0 else ""
    return f"The build failed, so nothing was published or sent: {shown}{rest}."
