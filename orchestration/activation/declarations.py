"""Syncs as the dbt project declares them: exposures with `config.meta.sync`."""

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from orchestration.errors import UsageError

# What each does is in the seed delivery_modes, which plans are drawn up from.
Mode = Literal["mirror", "upsert", "update", "insert", "append", "archive", "delete"]

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]

# The column of a sync model that says whom a row is about.
KEY = "person_id"

# The match key that is made of all columns: a name at an address.
ADDRESS = "address"

OWN_FIELDS = ("name", "description", "owner_email", "model_name", "fields")


class SyncDeclaration(BaseModel):
    """One sync: which model a destination is kept equal to, and for which purpose."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    description: str
    owner_email: str
    model_name: Name
    # Columns that go out beside the key, in the order of the model.
    fields: tuple[Name, ...]
    destination: Name
    mode: Mode
    purpose: Name
    channel: Name
    match_keys: tuple[Name, ...] = Field(min_length=1)
    # What of the destination is kept equal: a list, an audience, a table.
    target: Mapping[str, str | int | bool] = {}
    # Whose waterfall tells how many of whom come through to this sync.
    audience: Name | None = None

    def row_version(self, render_version: str) -> str:
        """Return the word before the digest of a row: with another one, all rows differ.

        So whoever is held in one target is sent to another one, each until that went well. What was
        appended is not appended again because it would look or go otherwise today.
        """
        if self.mode == "append":
            return ""
        return f"{render_version}{self._target_version()}:"

    def spec_hash(self) -> str:
        """Return a digest of all that decides what is sent, and where to."""
        decisive = self.model_dump_json(exclude={"description", "owner_email", "audience"})
        return hashlib.sha256(decisive.encode()).hexdigest()

    def _target_version(self) -> str:
        if not self.target:
            return ""
        target = json.dumps([self.destination, dict(self.target)], sort_keys=True)
        return "@" + hashlib.sha256(target.encode()).hexdigest()[:8]


def declared_syncs(manifest: Mapping[str, Any]) -> list[SyncDeclaration]:
    """Read the syncs from dbt's manifest, in the order of their names.

    Raises:
        UsageError: a declaration lacks a field, has an unknown one, or none that can be used.
    """
    exposures = manifest["exposures"].values()
    declared = [exposure for exposure in exposures if "sync" in _meta(exposure)]
    found = [_declaration(exposure, manifest["nodes"]) for exposure in declared]
    return sorted(found, key=lambda sync: sync.name)


def _meta(exposure: Mapping[str, Any]) -> Mapping[str, Any]:
    meta: Mapping[str, Any] = exposure.get("config", {}).get("meta") or exposure.get("meta") or {}
    return meta


def _declaration(exposure: Mapping[str, Any], nodes: Mapping[str, Any]) -> SyncDeclaration:
    name = exposure["name"]
    terms = _meta(exposure)["sync"]
    if not isinstance(terms, Mapping):
        raise UsageError(f"Exposure {name}: config.meta.sync must be a mapping of fields.")
    for field in OWN_FIELDS:
        if field in terms:
            raise UsageError(f"Exposure {name}: config.meta.sync.{field} is not a known field.")

    model = _model(exposure)
    try:
        declaration = SyncDeclaration(
            name=name,
            description=exposure.get("description") or "",
            owner_email=(exposure.get("owner") or {}).get("email") or "",
            model_name=model.split(".")[2],
            fields=tuple(name for name in nodes[model]["columns"] if name != KEY),
            **terms,
        )
    except ValidationError as error:
        problem = error.errors(include_input=False)[0]
        field = ".".join(str(part) for part in problem["loc"])
        place = field if field in OWN_FIELDS else f"config.meta.sync.{field}"
        raise UsageError(f"Exposure {name}: {place} cannot be used: {problem['msg']}.") from None
    _check_match_keys(declaration)
    return declaration


def _check_match_keys(declaration: SyncDeclaration) -> None:
    columns = {KEY, ADDRESS, *declaration.fields}
    for match_key in declaration.match_keys:
        if match_key not in columns:
            raise UsageError(
                f"Exposure {declaration.name}: config.meta.sync.match_keys names {match_key}, "
                f"which {declaration.model_name} does not have."
            )


def _model(exposure: Mapping[str, Any]) -> str:
    nodes = exposure.get("depends_on", {}).get("nodes", [])
    models = [node for node in nodes if node.startswith("model.")]
    if len(models) != 1 or not models[0].split(".")[2].startswith("sync_"):
        raise UsageError(
            f"Exposure {exposure['name']}: depends_on must name exactly one sync_ model."
        )
    return str(models[0])
