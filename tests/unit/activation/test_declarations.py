"""Promises about declared syncs: a mistake stops the load, not the delivery."""

from typing import Any

import pytest

from orchestration.activation import declared_syncs
from orchestration.errors import UsageError

SYNC = {
    "destination": "webhook",
    "mode": "mirror",
    "purpose": "marketing",
    "channel": "email",
    "match_keys": ["person_id"],
}


def _manifest(
    sync: object, nodes: tuple[str, ...] = ("model.onefold.sync_webhook__all",)
) -> dict[str, Any]:
    exposure = {
        "name": "webhook_all",
        "description": "All.",
        "owner": {"email": "owner@example.com"},
        "depends_on": {"nodes": list(nodes)},
        "config": {"meta": {"sync": sync} if sync is not None else {}},
    }
    columns = {name: {} for name in ("person_id", "email", "first_name")}
    return {
        "exposures": {"exposure.onefold.webhook_all": exposure},
        "nodes": {node: {"columns": columns} for node in nodes},
    }


def test_a_sync_is_read_from_its_exposure() -> None:
    """Name, model and owner come from the exposure itself."""
    (sync,) = declared_syncs(_manifest(SYNC))

    assert (sync.name, sync.model_name) == ("webhook_all", "sync_webhook__all")
    assert sync.fields == ("email", "first_name")
    assert (sync.purpose, sync.channel) == ("marketing", "email")


def test_other_exposures_are_left_alone() -> None:
    """A dashboard is no sync."""
    assert declared_syncs(_manifest(None)) == []


@pytest.mark.parametrize("field", SYNC)
def test_a_missing_field_is_named(field: str) -> None:
    """With the exposure it is missing from."""
    terms = {name: value for name, value in SYNC.items() if name != field}

    with pytest.raises(UsageError, match=f"webhook_all: config.meta.sync.{field}"):
        declared_syncs(_manifest(terms))


@pytest.mark.parametrize("field", ["purposes", "name", "model_name", "fields"])
def test_an_unknown_field_is_named(field: str) -> None:
    """Most are typing errors."""
    with pytest.raises(UsageError, match=f"webhook_all: config.meta.sync.{field}"):
        declared_syncs(_manifest(SYNC | {field: "x"}))


def test_a_match_key_is_a_column_of_the_model() -> None:
    """The plan would fail on it."""
    with pytest.raises(UsageError, match="names phone, which sync_webhook__all does not have"):
        declared_syncs(_manifest(SYNC | {"match_keys": ["email", "phone"]}))


@pytest.mark.parametrize("nodes", [(), ("model.onefold.people",), ("model.a.sync_a", "model.a.b")])
def test_a_sync_has_exactly_one_sync_model(nodes: tuple[str, ...]) -> None:
    """Its consent is inside that model."""
    with pytest.raises(UsageError, match="exactly one sync_ model"):
        declared_syncs(_manifest(SYNC, nodes))


def test_what_decides_the_delivery_is_in_the_digest() -> None:
    """A new owner is no new sync; another purpose is."""
    (sync,) = declared_syncs(_manifest(SYNC))

    assert sync.spec_hash() == sync.model_copy(update={"owner_email": "x"}).spec_hash()
    assert sync.spec_hash() == sync.model_copy(update={"audience": "x"}).spec_hash()
    assert sync.spec_hash() != sync.model_copy(update={"purpose": "x"}).spec_hash()
