"""Drafts: files beside their place, which take it in one step when they are whole."""

import os
import re
import shutil
from pathlib import Path

# Named after the process that writes it; a log or spilled rows of DuckDB may lie beside it.
DRAFT = re.compile(r"\.(\d+)\.tmp(\.wal|\.tmp)?$")


def draft_beside(path: Path) -> Path:
    """Return where to write what will replace a file, rid of what dead processes left there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    for neighbour in path.parent.glob("*.tmp*"):
        found = DRAFT.search(neighbour.name)
        # A process may have had the number that is ours now.
        if neighbour.name.startswith(draft.name) or (found and not _is_alive(int(found[1]))):
            _remove(neighbour)
    return draft


def _remove(leftover: Path) -> None:
    if leftover.is_dir():
        shutil.rmtree(leftover, ignore_errors=True)
    else:
        leftover.unlink(missing_ok=True)


def _is_alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
