"""Programs in processes of their own that find imported what they would import.

`onefold run` imports for four seconds and dbt for two, at each of some forty starts. Each worker of
pytest has one process that has imported all that, and forks the others.
"""

import atexit
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from orchestration.settings import PROJECT_DIR, Settings
from orchestration.transformation.manifest import DBT_PROCESS, dbt_command, dbt_environment

Completed = subprocess.CompletedProcess[str]


def run(
    module: str, arguments: Sequence[str], environment: Mapping[str, str], folder: Path
) -> Completed:
    """Run the main function of a module, which reads its arguments from `sys.argv`."""
    with TemporaryDirectory() as kept:
        printed = [Path(kept) / name for name in ("stdout", "stderr")]
        request = {
            "arguments": [module, *arguments],
            "environment": dict(environment),
            "folder": str(folder),
            "printed": [str(path) for path in printed],
        }
        code = _ask(request)
        output, errors = (path.read_text(encoding="utf-8") for path in printed)
    return Completed([module, *arguments], code, output, errors)


def run_dbt(settings: Settings, *arguments: str) -> Completed:
    """Call dbt as the product calls it."""
    command = dbt_command(settings, *arguments)
    options = command[command.index(str(DBT_PROCESS)) + 1 :]
    program = "orchestration.transformation.dbt_process"
    return run(program, options, dbt_environment(settings), settings.home)


def _ask(request: dict[str, Any]) -> int:
    server = _server()
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.write(f"{json.dumps(request)}\n")
    server.stdin.flush()
    answer = server.stdout.readline()
    assert answer, "the server that forks programs has died"
    return int(answer)


@cache
def _server() -> "subprocess.Popen[str]":
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.preloaded_server"],
        cwd=PROJECT_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    # Waited for, so that whoever counts seconds of CPU finds its own and those of its children.
    atexit.register(server.communicate)
    return server
