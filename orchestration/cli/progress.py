"""Progress of a run on the terminal: a line per finished step, and what goes on now."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.progress import Progress as ProgressBar

from orchestration.cli.console import note, notes
from orchestration.run_progress import Progress, Tell


@contextmanager
def shown_progress() -> Iterator[Tell]:
    """Give a teller whose news appear on standard error, live where that is a terminal."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with ProgressBar(*columns, console=notes, transient=True) as bar:
        yield _Teller(bar)


def step_title(step: str) -> str:
    """Return a step's name as people know its asset: `raw/crm`."""
    return step.replace("__", "/")


class _Teller:
    def __init__(self, bar: ProgressBar) -> None:
        self._bar = bar
        self._task = bar.add_task("starting")
        self._started_at: dict[str, float] = {}

    def __call__(self, news: Progress) -> None:
        title = step_title(news.step)
        if news.kind == "started":
            self._started_at[news.step] = time.monotonic()
            self._bar.update(self._task, description=title)
        elif news.kind == "advanced":
            self._bar.update(self._task, description=f"{title}: {news.detail}")
        elif news.kind == "told":
            note(news.detail)
        else:
            self._end(news, title)

    def _end(self, news: Progress, title: str) -> None:
        seconds = time.monotonic() - self._started_at.get(news.step, time.monotonic())
        mark, style = ("failed", "red") if news.kind == "failed" else ("done", "green")
        self._bar.console.print(f"[{style}]{mark:>6}[/] {title} [dim]{seconds:.1f} s[/]")


@contextmanager
def shown_deliveries() -> Iterator[Callable[[str, int, int], None]]:
    """Give a teller of delivered rows, shown live where standard error is a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with ProgressBar(*columns, console=notes, transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def tell(sync: str, settled: int, planned: int) -> None:
            if sync not in tasks:
                tasks[sync] = bar.add_task(sync)
            bar.update(tasks[sync], completed=settled, total=planned)

        yield tell
