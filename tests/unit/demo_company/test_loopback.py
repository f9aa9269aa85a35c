"""The receiver of the demo is reached even where the network is off."""

import shutil
import subprocess
import sys

import pytest

CALL_ONESELF = """
import socket
from demo_company.loopback import put_loopback_up
put_loopback_up()
server = socket.create_server(("127.0.0.1", 0))
socket.create_connection(server.getsockname(), timeout=5).close()
"""


def _has_namespaces() -> bool:
    command = shutil.which("unshare")
    return bool(command) and subprocess.run([command, "-rn", "true"], check=False).returncode == 0


@pytest.mark.skipif(not _has_namespaces(), reason="no network namespaces here")
def test_loopback_is_put_up_without_a_network() -> None:
    """A process without any network reaches itself."""
    done = subprocess.run(
        ["unshare", "-rn", sys.executable, "-c", CALL_ONESELF],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
