"""Vendors' own descriptions of their APIs, which every request is held against."""

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from openapi_core import Config, OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest

from orchestration.settings import PROJECT_DIR
from tests.contract.loopback import Request

FOLDER = PROJECT_DIR.parent / "shared" / "vendor-specs"


def described(file_name: str) -> pytest.MarkDecorator:
    """Skip where the vendor's description is not beside this checkout; in CI it must be."""
    is_missing = not (FOLDER / file_name).is_file()
    return pytest.mark.skipif(
        is_missing and not os.environ.get("CI"),
        reason=f"the vendor's description {file_name} is not beside this checkout",
    )


class Description:
    """A description, or none: then nothing is held against it."""

    def __init__(self, file_name: str | None) -> None:
        path = FOLDER / (file_name or "")
        self._openapi = _openapi(path) if path.is_file() else None

    def problems(self, url: str, request: Request) -> list[str]:
        """Return what is wrong with a request."""
        if self._openapi is None:
            return []
        mock = MockRequest(
            url,
            request.method.lower(),
            request.path,
            args=request.query,
            headers=request.headers,
            data=request.body or None,
            content_type=request.headers.get("content-type", "application/json"),
        )
        try:
            self._openapi.validate_request(mock)
        except OpenAPIError as error:
            return [f"{request.method} {request.path}: {error!r} {error.__cause__!r}"]
        return []


@lru_cache
def _openapi(path: Path) -> OpenAPI:
    document = json.loads(path.read_text(encoding="utf-8"))
    document["servers"] = [{"url": "/"}]
    for scheme in document["components"].get("securitySchemes", {}).values():
        # How a token was got cannot be seen in a request; that there is one can.
        if scheme["type"] == "oauth2":
            scheme.clear()
            scheme |= {"type": "http", "scheme": "bearer"}
    for operations in document["paths"].values():
        for operation in operations.values():
            if isinstance(operation, dict) and "requestBody" in operation:
                _forbid_unknown_fields(operation["requestBody"], document, set())
    return OpenAPI.from_dict(document, config=Config(spec_validator_cls=None))


def _forbid_unknown_fields(node: Any, document: dict[str, Any], seen: set[str]) -> None:
    """Let a misspelt field be a problem, which the description alone would let pass."""
    if isinstance(node, list):
        for each in node:
            _forbid_unknown_fields(each, document, seen)
    if not isinstance(node, dict):
        return
    if "$ref" in node:
        if node["$ref"] not in seen:
            seen.add(node["$ref"])
            _forbid_unknown_fields(_resolved(node["$ref"], document), document, seen)
        return
    if node.get("type") == "object" and isinstance(node.get("properties"), dict):
        node.setdefault("additionalProperties", False)
    for each in node.values():
        _forbid_unknown_fields(each, document, seen)


def _resolved(reference: str, document: dict[str, Any]) -> Any:
    found: Any = document
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return found
