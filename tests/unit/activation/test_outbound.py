"""Promises of outgoing HTTP: never into the private network by accident."""

import socket

import pytest

from orchestration.activation.outbound import NotSentError, OutboundClient
from orchestration.errors import UsageError

PRIVATE = [
    "127.0.0.1",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104 - nothing is bound to it
    "224.0.0.1",
    "::1",
    "fe80::1",
    "fc00::1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
]


def _client(allow_hosts: str = "") -> OutboundClient:
    return OutboundClient(allow_hosts=allow_hosts, timeout_seconds=1, max_answer_bytes=100)


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_leads_to_a_private_address_is_refused(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every address of the name counts, not only the first one."""
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443)),
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)),
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)

    with pytest.raises(NotSentError, match="private_address"):
        _client().post("https://hooks.example.com/", {}, b"")


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.com/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://localhost/",
        "https://user:password@hooks.example.com/",
        "ftp://hooks.example.com/",
        "https://",
        "https://hooks.example.com:99999/",
        "nonsense",
        "https://hooks.example.com/\x7f",
        "https://hooks.example.com/" + "a" * 70_000,
        "https://\u202emoc.elpmaxe/",
    ],
)
def test_an_address_that_cannot_be_used_is_named_by_its_setting(url: str) -> None:
    """Before anything is planned, and without the address, which may hold a secret."""
    with pytest.raises(UsageError, match="ONEFOLD_WEBHOOK_URL") as caught:
        _client().check(url, "ONEFOLD_WEBHOOK_URL")
    assert "password@" not in str(caught.value)


def test_a_host_in_another_script_is_sent_to_by_its_ascii_form(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In the question for its address and in the headers, and however it is listed."""
    asked = []

    def lead_nowhere(host: str, *_: object, **__: object) -> list[object]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 1))]

    monkeypatch.setattr(socket, "getaddrinfo", lead_nowhere)
    client = _client("пример.example")

    with pytest.raises(NotSentError, match="unreachable"):
        client.post("http://пример.example:1/", {}, b"")
    assert asked[0] == "xn--e1afmkfd.example"


@pytest.mark.parametrize("listed", ["127.0.0.1", "127.0.0.1:8080", " other , 127.0.0.1:8080 "])
def test_a_listed_host_may_be_private_and_plain(listed: str) -> None:
    """By host, or by host and port."""
    _client(listed).check("http://127.0.0.1:8080/", "ONEFOLD_WEBHOOK_URL")


def test_a_host_listed_with_its_port_is_allowed_on_that_port_only() -> None:
    """A neighbour on the same machine is not meant."""
    with pytest.raises(UsageError):
        _client("127.0.0.1:8080").check("http://127.0.0.1:9090/", "ONEFOLD_WEBHOOK_URL")


def test_nobody_listening_is_told_apart_from_no_answer() -> None:
    """Nothing can have been applied."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        client = _client("127.0.0.1")
        with pytest.raises(NotSentError, match="unreachable"):
            client.post(f"http://127.0.0.1:{port}/", {}, b"")
        client.close()
