"""One destination is a model for the next: the same files, the same names, a page each."""

import re

import pytest
from pydantic import BaseModel

from orchestration.activation.destinations import registry
from orchestration.activation.destinations.registry import DESTINATIONS, destination_module
from orchestration.errors import UsageError
from orchestration.settings import PROJECT_DIR, Settings
from tests.unit.activation.world import declaration

NEEDED_FILES = {"__init__.py", "settings.py", "answers.py", "destination.py"}
# Of a place for files the payload is shared, and a folder of this machine has no limits.
FILES = NEEDED_FILES | {"limits.py", "payload.py"}
DOCS = PROJECT_DIR / "docs" / "destinations"
FOLDERS = sorted((PROJECT_DIR / "orchestration/activation/destinations").glob("*/"))
FOLDERS = [folder for folder in FOLDERS if (folder / "__init__.py").is_file()]
LONGEST_FILE = 200


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_folder_has_the_same_short_files(folder) -> None:  # noqa: ANN001 - a path
    """What is longer is not a model any more."""
    files = {path.name: path for path in folder.glob("*.py")}

    assert set(files) >= NEEDED_FILES
    assert set(files) <= FILES
    assert all(len(path.read_text().splitlines()) < LONGEST_FILE for path in files.values())


@pytest.mark.parametrize("name", DESTINATIONS)
def test_every_variable_of_a_destination_is_on_its_page(name: str) -> None:
    """And the page is in the index."""
    connection = destination_module(name).Connection
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    (page,) = re.findall(rf"^\| `{name}` \| \[[^]]+\]\(([a-z0-9_]+\.md)\)", index, re.MULTILINE)
    text = (DOCS / page).read_text(encoding="utf-8")

    for field in connection.model_fields:
        assert connection.variable(field) in text
    target: type[BaseModel] = destination_module(name).Target
    for field, info in target.model_fields.items():
        assert (info.alias or field) in text


@pytest.mark.parametrize("name", DESTINATIONS)
def test_a_secret_is_never_shown(name: str) -> None:
    """Whatever is shown of a connection, a secret in it is not."""
    for field, info in destination_module(name).Connection.model_fields.items():
        if any(word in field for word in ("token", "secret", "password")):
            assert "SecretStr" in str(info.annotation), field


@pytest.mark.parametrize("token", ["t\n", " t", "t\r\nx: y", "ключ"], ids=ascii)
def test_a_token_that_no_header_may_carry_is_named(
    token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And not shown; a line break at the end of a secret from a file is the usual case."""
    monkeypatch.setenv("ONEFOLD_KLAVIYO_TOKEN", token)

    with pytest.raises(UsageError, match="ONEFOLD_KLAVIYO_TOKEN") as caught:
        registry.missing_settings("klaviyo")
    assert token not in str(caught.value)


def test_a_target_that_is_misspelt_names_its_place() -> None:
    """At the load, not at the delivery."""
    misspelt = declaration(destination="klaviyo").model_copy(update={"target": {"list": "x"}})

    with pytest.raises(UsageError, match=r"test_people: config\.meta\.sync\.target\.list"):
        registry.destination_for(Settings(), misspelt)


def test_match_keys_that_a_destination_does_not_know_are_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With those that it knows."""
    monkeypatch.setenv("ONEFOLD_YANDEX_TOKEN", "t")
    sync = declaration(destination="yandex").model_copy(
        update={"target": {"segment_id": 1}, "match_keys": ("person_id",)}
    )

    with pytest.raises(UsageError, match="yandex can be email, phone"):
        registry.destination_for(Settings(), sync)
