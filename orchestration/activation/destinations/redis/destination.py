"""A Redis profile store as a destination."""

from collections.abc import Sequence
from socket import socket
from typing import Any

import redis
from redis.connection import SSLConnection

from orchestration.activation.addresses import Addresses, NotSentError
from orchestration.activation.destinations.protocol import Batch, BatchResult, Operation, Verdict
from orchestration.activation.destinations.redis import limits
from orchestration.activation.destinations.redis.answers import result_of
from orchestration.activation.destinations.redis.payload import commands, parsed
from orchestration.activation.destinations.redis.settings import Connection, Target
from orchestration.settings import Settings


class NamedConnection(SSLConnection):
    """A connection to an address that was checked, whose certificate is for the name."""

    def __init__(self, server_name: str, **described: Any) -> None:  # noqa: ANN401 - the driver's
        super().__init__(**described)
        self._server_name = server_name

    def _wrap_socket_with_ssl(self, sock: socket) -> socket:
        address, self.host = self.host, self._server_name
        try:
            wrapped: socket = super()._wrap_socket_with_ssl(sock)  # type: ignore[no-untyped-call]
        finally:
            self.host = address
        return wrapped


class RedisProfiles:
    """Each batch is one transaction, and can be repeated."""

    max_batch_size = limits.MAX_BATCH_SIZE
    render_version = limits.RENDER_VERSION
    mixes_operations = True

    def __init__(self, addresses: Addresses, connection: Connection, target: Target) -> None:
        self._addresses = addresses
        self._connection = connection
        self._audience = target.audience
        self._client: redis.Redis | None = None

    def render(
        self,
        sync: str,  # noqa: ARG002 - the audience stands for it
        fields: Sequence[str],  # noqa: ARG002 - each operation names its own
        operations: Sequence[Operation],
    ) -> bytes:
        """Return the commands."""
        return commands(self._audience, operations)

    def send(self, batch: Batch) -> BatchResult:
        """Run the commands, all or none."""
        try:
            with self._connected().pipeline(transaction=True) as pipeline:
                for command in parsed(batch.payload):
                    pipeline.execute_command(*command)
                pipeline.execute()
        except (redis.RedisError, NotSentError) as error:
            self.close()
            return result_of(error)
        return BatchResult(Verdict.ANSWERED)

    def close(self) -> None:
        """Close the connection."""
        if self._client is not None:
            self._client.close()
        self._client = None

    def _connected(self) -> redis.Redis:
        if self._client is None:
            pool = redis.ConnectionPool(**self._described())
            self._client = redis.Redis.from_pool(pool)
        return self._client

    def _described(self) -> dict[str, Any]:
        connection = self._connection
        described: dict[str, Any] = {
            "host": self._addresses.resolve(connection.host, connection.port),
            "port": connection.port,
            "db": connection.database,
            "username": connection.user,
            "password": connection.password.get_secret_value() if connection.password else None,
            "socket_timeout": limits.SECONDS,
            "socket_connect_timeout": limits.SECONDS,
            # The engine tries again, and knows when to stop.
            "retry": None,
        }
        is_plain = self._addresses.is_listed(connection.host, connection.port)
        if not is_plain or connection.root_certificate:
            authority = connection.root_certificate
            described |= {
                "connection_class": NamedConnection,
                "server_name": connection.host,
                "ssl_cert_reqs": "required",
                "ssl_check_hostname": True,
                "ssl_ca_certs": str(authority) if authority else None,
            }
        return described


def connect(settings: Settings, connection: Connection, target: Target) -> RedisProfiles:
    """Return the profile store as the environment and the declaration describe it.

    Raises:
        UsageError: the host is private and not listed.
    """
    addresses = Addresses(settings.allow_hosts)
    addresses.check(connection.host, connection.port, connection.variable("host"))
    return RedisProfiles(addresses, connection, target)
