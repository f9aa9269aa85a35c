"""A build does not outlive the run that started it."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from orchestration.transformation.build import LEASH

SLEEPER = "import time; print('awake', flush=True); time.sleep(60)"
STARTER = (
    "import os, subprocess, sys;"
    f"child = subprocess.Popen([sys.executable, '-I', {str(LEASH)!r}, str(os.getpid()),"
    f" sys.executable, '-c', {SLEEPER!r}], stdout=subprocess.PIPE, text=True);"
    "child.stdout.readline(); print(child.pid, flush=True); child.wait()"
)


def is_running(process_id: int) -> bool:
    """Tell whether a process lives; one that waits to be buried does not."""
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_a_build_ends_with_its_run() -> None:
    """After kill -9 the next run need not wait for the orphan."""
    starter = subprocess.Popen([sys.executable, "-c", STARTER], stdout=subprocess.PIPE, text=True)
    assert starter.stdout is not None
    build_id = int(starter.stdout.readline())
    assert is_running(build_id)

    starter.send_signal(signal.SIGKILL)
    starter.wait()
    starter.stdout.close()
    deadline = time.monotonic() + 10
    while is_running(build_id) and time.monotonic() < deadline:
        time.sleep(0.05)

    assert not is_running(build_id)
