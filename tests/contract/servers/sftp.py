"""An SFTP server on loopback: paramiko's protocol over a folder of the test."""

import os
import socket
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import paramiko

USER, PASSWORD = "feed", "secret-password"


class _Login(paramiko.ServerInterface):
    def __init__(self, public_key: paramiko.PKey | None) -> None:
        self._public_key = public_key

    def check_auth_password(self, username: str, password: str) -> int:
        """Let one user in."""
        is_right = (username, password) == (USER, PASSWORD)
        return paramiko.AUTH_SUCCESSFUL if is_right else paramiko.AUTH_FAILED

    def check_auth_publickey(self, username: str, key: paramiko.PKey) -> int:
        """Let one user in by one key."""
        is_right = username == USER and key == self._public_key
        return paramiko.AUTH_SUCCESSFUL if is_right else paramiko.AUTH_FAILED

    def check_channel_request(self, kind: str, chanid: int) -> int:  # noqa: ARG002 - inherited
        """Open what is asked for."""
        return paramiko.OPEN_SUCCEEDED


def _files(root: Path) -> type[paramiko.SFTPServerInterface]:
    class Files(paramiko.SFTPServerInterface):
        def stat(self, path: str) -> Any:
            return _told(lambda: paramiko.SFTPAttributes.from_stat(self._real(path).stat()))

        def open(self, path: str, flags: int, attr: Any) -> Any:  # noqa: ARG002 - inherited
            def opened() -> paramiko.SFTPHandle:
                file = os.fdopen(
                    os.open(self._real(path), flags, 0o600),
                    "r+b"
                    if flags & (os.O_WRONLY | os.O_RDWR) == os.O_RDWR
                    else ("wb" if flags & os.O_WRONLY else "rb"),
                )
                handle = paramiko.SFTPHandle(flags)
                handle.readfile = handle.writefile = file
                return handle

            return _told(opened)

        def posix_rename(self, oldpath: str, newpath: str) -> int:
            return _done(lambda: self._real(oldpath).replace(self._real(newpath)))

        def mkdir(self, path: str, attr: Any) -> int:  # noqa: ARG002 - inherited
            return _done(self._real(path).mkdir)

        @staticmethod
        def _real(path: str) -> Path:
            return root / path.lstrip("/")

    return Files


def _told(work: Any) -> Any:
    try:
        return work()
    except OSError as error:
        return paramiko.SFTPServer.convert_errno(error.errno or 0)


def _done(work: Any) -> int:
    error = _told(work)
    return error if isinstance(error, int) else paramiko.SFTP_OK


class SftpServer:
    """Serves a folder to one user; `drops` connections before a login are cut."""

    def __init__(self, root: Path, public_key: paramiko.PKey | None = None) -> None:
        self._root = root
        self._public_key = public_key
        self._host_keys = [paramiko.RSAKey.generate(2048), paramiko.ECDSAKey.generate()]
        self.drops = 0

    def __enter__(self) -> Self:
        self._line = socket.create_server(("127.0.0.1", 0))
        self._transports: list[paramiko.Transport] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._line.close()
        for transport in self._transports:
            transport.close()

    @property
    def port(self) -> int:
        """Port."""
        return int(self._line.getsockname()[1])

    @property
    def host_key(self) -> str:
        """One of its keys, as in known_hosts."""
        key = self._host_keys[0]
        return f"{key.get_name()} {key.get_base64()}"

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._line.accept()
            except OSError:
                return
            if self.drops:
                self.drops -= 1
                connection.close()
                continue
            transport = paramiko.Transport(connection)
            for key in self._host_keys:
                transport.add_server_key(key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, _files(self._root))
            self._transports.append(transport)
            transport.start_server(server=_Login(self._public_key), event=threading.Event())
