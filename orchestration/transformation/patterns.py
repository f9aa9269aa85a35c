"""Regular expressions in seeds: read before a build, since a database error would name none."""

import csv
from collections.abc import Iterator
from pathlib import Path

import duckdb

from orchestration.errors import BuildError

# What holds one is called so in every seed.
COLUMN = "pattern"


def check_patterns(project_dir: Path) -> None:
    """See that the engine can read every pattern of a seed.

    Raises:
        BuildError: it cannot read one; the sentence names file, line and pattern.
    """
    with duckdb.connect() as engine:
        for path, line, pattern in _patterns(project_dir):
            try:
                engine.execute("select regexp_matches('', $pattern)", {"pattern": pattern})
            except duckdb.Error:
                raise BuildError(
                    f"{path.relative_to(project_dir)}, line {line}: {pattern} is no regular"
                    " expression; nothing was built."
                ) from None


def _patterns(project_dir: Path) -> Iterator[tuple[Path, int, str]]:
    for path in sorted((project_dir / "seeds").rglob("*.csv")):
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            rows = csv.DictReader(file)
            if COLUMN in (rows.fieldnames or ()):
                for row in rows:
                    yield path, rows.line_num, row[COLUMN] or ""
