"""Addresses that users configured: never into the private network by accident."""

import ipaddress
import socket
from urllib.parse import urlsplit

import httpx

from orchestration.errors import UsageError

# IPv6 addresses that stand for the IPv4 address in their last four bytes.
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NotSentError(Exception):
    """Nothing left this machine, or nothing arrived."""

    def __init__(self, code: str, retry_after: float | None = None) -> None:
        super().__init__(code)
        self.code = code
        # Seconds for which nothing is to be sent there.
        self.retry_after = retry_after


class Addresses:
    """Leads names to public addresses, and to those that the operator listed.

    Args:
        allow_hosts: Hosts, or host:port, separated by commas, that may be private.
    """

    def __init__(self, allow_hosts: str) -> None:
        self._allowed = {_listed(entry) for entry in allow_hosts.split(",") if entry.strip()}

    def is_listed(self, host: str, port: int) -> bool:
        """Return whether the operator vouches for a host."""
        return bool({(host, None), (host, port)} & self._allowed)

    def check(self, host: str, port: int, setting: str) -> None:
        """Refuse a host that would never be connected to; no name is resolved.

        Raises:
            UsageError: the address is private and not listed.
        """
        is_private = host == "localhost" or (_is_address(host) and not _is_public(host))
        if is_private and not self.is_listed(host, port):
            raise UsageError(
                f"{setting} is a private address; list its host in ONEFOLD_ALLOW_HOSTS to allow it."
            )

    def resolve(self, host: str, port: int) -> str:
        """Return the address to connect to; all that the name has must be public.

        Raises:
            NotSentError: the name leads nowhere, or into the private network.
        """
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise NotSentError("unknown_host") from None

        addresses = [str(entry[4][0]) for entry in found]
        if not self.is_listed(host, port) and not all(map(_is_public, addresses)):
            raise NotSentError("private_address")
        return addresses[0]


def _listed(entry: str) -> tuple[str, int | None]:
    try:
        parts = urlsplit(f"//{entry.strip()}")
        # A name in another script is compared by its ASCII form, as it is sent to.
        host = httpx.URL(scheme="https", host=parts.hostname or "").raw_host.decode("ascii")
        listed = (host, parts.port)
    except (ValueError, httpx.InvalidURL):
        raise UsageError(
            "ONEFOLD_ALLOW_HOSTS must be a comma-separated list of host or host:port."
        ) from None
    return listed


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    if isinstance(found, ipaddress.IPv6Address):
        teredo = found.teredo or ()
        embedded = [found.ipv4_mapped, found.sixtofour, *teredo]
        if found in NAT64:
            embedded.append(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF))
        if not all(_is_public(str(inner)) for inner in embedded if inner is not None):
            return False
    return found.is_global and not found.is_multicast
