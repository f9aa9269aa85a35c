"""A folder behind SFTP as a place for CSV files."""

import posixpath
import socket

import paramiko
from paramiko.pkey import PKey, UnknownKeyType

from orchestration.activation.addresses import Addresses
from orchestration.activation.destinations.files import CsvFiles, PlaceError
from orchestration.activation.destinations.sftp import limits
from orchestration.activation.destinations.sftp.answers import FAILURES, result_of
from orchestration.activation.destinations.sftp.settings import Connection, Target
from orchestration.errors import UsageError
from orchestration.settings import Settings


class SftpPlace:
    """Files on a machine whose key was named beforehand; it is never taken on trust."""

    def __init__(self, addresses: Addresses, connection: Connection) -> None:
        self._addresses = addresses
        self._connection = connection
        self._host_key = _host_key(connection)
        self._own_key = _own_key(connection)
        self._transport: paramiko.Transport | None = None
        self._client: paramiko.SFTPClient | None = None

    def get(self, folder: str, name: str) -> bytes | None:
        """Return a file, or None if there is none."""
        try:
            with self._connected().open(self._path(folder, name), "rb") as file:
                return bytes(file.read())
        except FileNotFoundError:
            return None
        except FAILURES as error:
            raise self._failed(error) from None

    def put(self, folder: str, name: str, content: bytes) -> None:
        """Write a file beside its name, then rename it."""
        try:
            client = self._connected()
            self._make_folder(client, folder)
            draft = self._path(folder, f".{name}.part")
            with client.open(draft, "wb") as file:
                file.write(content)
            # The plain rename of the protocol fails where a killed attempt left the file.
            client.posix_rename(draft, self._path(folder, name))
        except FAILURES as error:
            raise self._failed(error) from None

    def close(self) -> None:
        """Close the connection."""
        if self._transport is not None:
            self._transport.close()
        self._transport = self._client = None

    def _failed(self, error: Exception) -> PlaceError:
        self.close()
        return PlaceError(result_of(error))

    def _connected(self) -> paramiko.SFTPClient:
        if self._client is None:
            self._transport = self._logged_in()
            self._client = paramiko.SFTPClient.from_transport(self._transport)
        if self._client is None:
            raise paramiko.SSHException("no channel")
        return self._client

    def _logged_in(self) -> paramiko.Transport:
        connection = self._connection
        address = self._addresses.resolve(connection.host, connection.port)
        line = socket.create_connection((address, connection.port), limits.CONNECT_SECONDS)
        transport = paramiko.Transport(line)
        password = connection.password.get_secret_value() if connection.password else None
        try:
            _ask_for(transport, self._host_key)
            transport.connect(username=connection.user)
            _check_host_key(transport, connection.host, self._host_key)
            if self._own_key is not None:
                transport.auth_publickey(connection.user, self._own_key)
            else:
                transport.auth_password(connection.user, password or "")
        except BaseException:
            transport.close()
            raise
        return transport

    def _path(self, folder: str, name: str) -> str:
        return posixpath.join(self._connection.dir, folder, name)

    def _make_folder(self, client: paramiko.SFTPClient, folder: str) -> None:
        path = posixpath.join(self._connection.dir, folder)
        try:
            client.stat(path)
        except FileNotFoundError:
            client.mkdir(path, 0o700)


def connect(
    settings: Settings,
    connection: Connection,
    target: Target,  # noqa: ARG001 - the folder is all there is
) -> CsvFiles:
    """Return the SFTP folder as the environment describes it.

    Raises:
        UsageError: the host is private, or a key cannot be read.
    """
    addresses = Addresses(settings.allow_hosts)
    addresses.check(connection.host, connection.port, connection.variable("host"))
    return CsvFiles(SftpPlace(addresses, connection))


def _host_key(connection: Connection) -> PKey:
    kind, _, blob = connection.host_key.strip().partition(" ")
    try:
        entry = paramiko.hostkeys.HostKeyEntry.from_line(f"host {kind} {blob.split(' ')[0]}")
    except (paramiko.SSHException, paramiko.hostkeys.InvalidHostKey):
        entry = None
    if entry is None or entry.key is None:
        raise UsageError(
            f"{connection.variable('host_key')} must be a kind and a key, as in known_hosts."
        )
    return entry.key


def _own_key(connection: Connection) -> PKey | None:
    if connection.key_file is None:
        return None
    try:
        return paramiko.PKey.from_path(connection.key_file)
    except (OSError, TypeError, ValueError, paramiko.SSHException, UnknownKeyType):
        # None of paramiko's errors is kept: some quote the file.
        raise UsageError(
            f"{connection.variable('key_file')} must be a file with a private key and without a "
            "passphrase."
        ) from None


def _ask_for(transport: paramiko.Transport, expected: PKey) -> None:
    """Ask the machine for that one of its keys that is known."""
    options = transport.get_security_options()
    name = expected.get_name()
    options.key_types = [
        kind
        for kind in options.key_types
        if kind == name or (name == "ssh-rsa" and kind.startswith("rsa-"))
    ]


def _check_host_key(transport: paramiko.Transport, host: str, expected: PKey) -> None:
    shown = transport.get_remote_server_key()
    if shown != expected:
        raise paramiko.BadHostKeyException(host, shown, expected)
