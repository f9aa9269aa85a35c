"""What a command costs: CPU seconds, which other processes disturb least, and peak memory."""

import os
import resource
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """What one run, or the median run, took."""

    cpu_seconds: float
    peak_megabytes: float

    def beyond(self, floor: "Cost") -> "Cost":
        """Return what is left without a cost that every run has."""
        return Cost(
            self.cpu_seconds - floor.cpu_seconds, self.peak_megabytes - floor.peak_megabytes
        )


def cost_of(
    command: Sequence[str],
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Cost:
    """Run a command and return its cost, with that of the processes that it waited for."""
    variables = os.environ | dict(environment or {})
    with subprocess.Popen(command, env=variables, cwd=folder) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with {process.returncode}.")

    return _cost(usage)


def median(costs: Sequence[Cost]) -> Cost:
    """Return the median of each part."""
    return Cost(
        statistics.median(cost.cpu_seconds for cost in costs),
        statistics.median(cost.peak_megabytes for cost in costs),
    )


def _cost(usage: resource.struct_rusage) -> Cost:
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
