"""dbt, run as a script of its own: what happens is printed as JSON, from level "info" upwards.

dbt's own log in JSON formats ten events for each that it prints, which is a tenth of a build.
"""

import gc
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from dbt.cli.main import dbtRunner
from dbt_common.clients import system
from dbt_common.events.base_types import EventMsg
from dbt_common.events.functions import env_scrubber, msg_to_json

# Not from the settings, which can be imported only when this is known.
PROJECT_DIR = Path(__file__).resolve().parents[2]


def tell(event: EventMsg) -> None:
    """Print an event, unless only who debugs dbt wants to see it."""
    told_levels = ("error",) if "--quiet" in sys.argv else ("info", "warn", "error")
    if event.info.level in told_levels:
        # In one piece, since dbt's threads tell at once.
        sys.stdout.write(f"{env_scrubber(msg_to_json(event))}\n")
        sys.stdout.flush()


# Unit tests of one model write the rows that they are given, on two threads, to the same files.
_writing = threading.RLock()


@contextmanager
def open_whole(path: str, mode: str = "r", encoding: str | None = None) -> Iterator[IO[Any]]:
    """Open a file, to write in one step: a manifest takes seconds, and others read it meanwhile.

    Cut off by a kill, it would keep every command from starting.
    """
    from orchestration.drafts import draft_beside  # noqa: PLC0415 - found only by now

    place = Path(path)
    if mode != "w":
        with place.open(mode, encoding=encoding) as file:
            yield file
        return
    with _writing:
        draft = draft_beside(place)
        with draft.open(mode, encoding=encoding) as file:
            yield file
        draft.replace(place)


def main() -> int:
    """Run dbt with the arguments of this process."""
    # Models in Python import from the project, wherever dbt works.
    sys.path.insert(0, str(PROJECT_DIR))
    system.open = open_whole
    # Nearly all that dbt makes stays to its end, and a search for garbage goes through all of it.
    gc.set_threshold(200_000, 20, 100)

    done = dbtRunner(callbacks=[tell]).invoke(sys.argv[1:])
    if done.exception is not None:
        sys.stderr.write(f"{done.exception}\n")
    return 0 if done.success else 1


if __name__ == "__main__":
    sys.exit(main())
