"""Servers that Debian packages: started for the tests on a free port, ended after them."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.contract.servers.certificates import Certificate

SECONDS_TO_START = 30
# Debian keeps PostgreSQL's programs off the path.
POSTGRES_FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


def program(name: str) -> str | None:
    """Return where a program is, if it is installed."""
    folders = [*map(str, POSTGRES_FOLDERS), os.environ.get("PATH", "")]
    return shutil.which(name, path=os.pathsep.join(folders))


def installed(name: str) -> pytest.MarkDecorator:
    """Skip where a server is not installed; in CI it must be."""
    return pytest.mark.skipif(
        program(name) is None and not os.environ.get("CI"),
        reason=f"{name} is not installed; `sh .ci/services` installs it",
    )


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def postgres(certificate: Certificate | None = None) -> Iterator[int]:
    """Run PostgreSQL on an empty database, with TLS if it has a certificate, and tell its port."""
    port, folder = free_port(), Path(tempfile.mkdtemp(prefix="onefold-postgres-"))
    user = _unprivileged(folder)
    data = str(folder / "data")
    try:
        initdb = [_needed("initdb"), "-D", data, "-U", "onefold", "-E", "UTF8", "--no-sync"]
        subprocess.run([*user, *initdb], check=True, capture_output=True)
        options = ["-p", str(port), "-k", str(folder), "-c", "listen_addresses=127.0.0.1"]
        if certificate:
            options += _with_tls(certificate, folder)
        with _running([*user, _needed("postgres"), "-D", data, *options, "-F"], port):
            ready = [_needed("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
            while subprocess.run(ready, check=False).returncode:
                time.sleep(0.05)
            yield port
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def redis(folder: Path, *options: str) -> Iterator[int]:
    """Run Redis without anything in it, and tell its port."""
    port = free_port()
    command = [_needed("redis-server"), "--port", str(port), "--bind", "127.0.0.1"]
    with _running([*command, "--save", "", "--dir", str(folder), *options], port):
        yield port


def _unprivileged(folder: Path) -> list[str]:
    """Return what a command begins with to run as somebody PostgreSQL works for."""
    if os.geteuid() != 0:
        return []
    owner = pwd.getpwnam("postgres")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]


def _with_tls(certificate: Certificate, folder: Path) -> list[str]:
    """Return the options of PostgreSQL, which takes a key that nobody else may read."""
    owner, options = folder.stat(), ["-c", "ssl=on"]
    for kind, path in (("cert", certificate.path), ("key", certificate.key_path)):
        own = shutil.copyfile(path, folder / path.name)
        own.chmod(0o600)
        os.chown(own, owner.st_uid, owner.st_gid)
        options += ["-c", f"ssl_{kind}_file={own}"]
    return options


def _needed(name: str) -> str:
    found = program(name)
    assert found, f"{name} is not installed"
    return found


@contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield
    finally:
        process.terminate()
        process.wait(SECONDS_TO_START)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"{Path(process.args[0]).name} did not start")
