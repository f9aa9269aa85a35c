"""What is told of settings that nobody could send anything with."""

import os
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest
from pydantic import SecretStr, ValidationError

from orchestration.activation.alert_channels import MailSettings
from orchestration.activation.budgets import budget_of
from orchestration.activation.destinations.accounts import Account, account_api
from orchestration.activation.destinations.http import segment
from orchestration.activation.destinations.registry import DESTINATIONS, destination_module
from orchestration.activation.outbound import sent_host
from orchestration.errors import UsageError
from orchestration.settings import ConnectionSettings, Settings

NO_TEXT = os.fsdecode(b"hunter2\xff")
TEXTS = {str, SecretStr, str | None, SecretStr | None}
CONNECTIONS: list[type[ConnectionSettings]] = [
    destination_module(name).Connection for name in DESTINATIONS
]
TEXT_FIELDS = [
    (connection, field)
    for connection in (*CONNECTIONS, MailSettings)
    for field, info in connection.model_fields.items()
    if info.annotation in TEXTS and field not in connection.any_bytes
]


def _problem(kind: type[ConnectionSettings], field: str) -> str | None:
    """Return what is wrong with a field, whatever else is missing."""
    with pytest.raises(ValidationError) as caught:
        kind()
    problems = {each["loc"]: each["msg"] for each in caught.value.errors(include_input=False)}
    return problems.get((field,))


@pytest.mark.parametrize(
    ("kind", "field"),
    TEXT_FIELDS,
    ids=[kind.variable(field) for kind, field in TEXT_FIELDS],
)
def test_bytes_that_are_no_text_are_told_by_the_name_of_their_setting(
    kind: type[ConnectionSettings], field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is sent, and without the value."""
    monkeypatch.setenv(kind.variable(field), NO_TEXT)

    problem = _problem(kind, field) or "nothing"

    assert "no text in UTF-8" in problem or "a valid string" in problem


def test_a_secret_of_any_bytes_has_a_budget(tmp_path: Path) -> None:
    """Signatures are made of bytes."""
    assert budget_of(tmp_path, "https://a.example", NO_TEXT, 5).take() == 0


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("s3", "region", "eu/../evil.example/#"),
        ("s3", "access_key_id", "ключ"),
        ("s3", "prefix", "a" * 2000),
        ("s3", "bucket", "a" * 2000),
        ("smtp", "password", "пароль"),
        ("smtp", "user", "имя"),
        ("braze", "token", "a\r\nx-evil: 1"),
    ],
)
def test_what_no_request_can_carry_is_refused(
    name: str, field: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And not first when something is to be sent."""
    kind = destination_module(name).Connection
    monkeypatch.setenv(kind.variable(field), value)

    assert _problem(kind, field)


@pytest.mark.parametrize("url", ["https://a.example/?key=hunter2", "https://a.example/#hunter2"])
def test_an_address_that_a_path_cannot_follow_is_refused(url: str, tmp_path: Path) -> None:
    """What is asked for would stand in its query."""
    account = Account(token=SecretStr("token"), url=url)

    with pytest.raises(UsageError, match="must not have a") as caught:
        account_api(Settings(home=tmp_path), account, 1)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("key", ["ssh-ed25519 a\tb", "ssh-ed25519 a\r\nb", "ssh-rsa", "none AAAA"])
def test_a_broken_host_key_names_its_setting(key: str, tmp_path: Path) -> None:
    """It is what a machine is known by."""
    sftp = destination_module("sftp")
    connection = sftp.Connection(host="a.example", user="u", password="p", host_key=key)

    with pytest.raises(UsageError, match="ONEFOLD_SFTP_HOST_KEY"):
        sftp.connect(Settings(home=tmp_path), connection, sftp.Target())


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://S3.Example.com:443/", "s3.example.com"),
        ("http://s3.example.com:9000", "s3.example.com:9000"),
        ("https://пример.example", "xn--e1afmkfd.example"),
    ],
)
def test_the_host_that_is_signed_is_the_one_that_is_sent(url: str, host: str) -> None:
    """Or else the signature is of another request."""
    assert sent_host(url) == host


@pytest.mark.parametrize("list_id", ["..", "a/b", "a?b", "a#b", "a\r\nb", "", "ключ", "a" * 5000])
@pytest.mark.parametrize(
    ("name", "others"),
    [("klaviyo", {}), ("mailchimp", {"tag": "vip"}), ("hubspot", {})],
)
def test_a_list_whose_name_would_be_another_path_is_refused(
    name: str, others: dict[str, str], list_id: str
) -> None:
    """Before anything is sent there."""
    kind = destination_module(name).Target

    with pytest.raises(ValidationError) as caught:
        kind(list_id=list_id, **others)

    assert [each["loc"] for each in caught.value.errors()] == [("list_id",)]


@pytest.mark.parametrize("text", ["..", ".", "a/../b", "a?b#c", "a\r\nb", "ключ"])
def test_a_segment_of_a_path_stays_one(text: str) -> None:
    """Also where it is the name that a vendor gave a job."""
    path = httpx.URL(f"https://a.example/jobs/{segment(text)}/errors").raw_path.decode()

    before, found, after = path.removeprefix("/").split("/")
    assert (before, unquote(found), after) == ("jobs", text, "errors")
