"""A process that imports what takes long, then forks a process for each request on its input.

Run as a module. A request is a line of JSON; the answer is a line with the exit code.
"""

import json
import os
import sys
from importlib import import_module
from pathlib import Path

# Nothing that looks at the terminal or the environment when it is imported, or starts a thread.
IMPORTED = ("dagster", "dagster_dbt", "dbt.cli.main", "faker", "typer")
THREADS = Path("/proc/self/task")


def main() -> None:
    """Answer requests until the input ends."""
    for module in IMPORTED:
        import_module(module)
    # A fork copies one thread: what others do, or hold, would be lost.
    assert not THREADS.is_dir() or len(list(THREADS.iterdir())) == 1

    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            become(**json.loads(line))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def become(
    arguments: list[str], environment: dict[str, str], folder: str, printed: list[str]
) -> None:
    """Be the program that the first argument names, which reads the others from `sys.argv`."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for descriptor, path in enumerate(printed, start=1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), descriptor)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = arguments
    sys.exit(import_module(arguments[0]).main())


if __name__ == "__main__":
    main()
