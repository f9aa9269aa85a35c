"""Google on loopback."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import parse_qsl

from tests.contract.loopback import Reply, Request, json_reply
from tests.contract.vendors.vendor import TOKEN, Vendor

ACCOUNT, LIST = "1234567890", "987"


@dataclass
class Google(Vendor):
    """Grants tokens, takes members in and tells later what became of them."""

    name: ClassVar[str] = "google"
    target: ClassVar = {
        "account_id": ACCOUNT,
        "list_id": LIST,
        "customer_match_terms_accepted": True,
    }
    match_keys: ClassVar = ("email",)
    preliminaries: ClassVar = 1
    specification: ClassVar = "google-datamanager.openapi.json"
    token: str = "granted-1"
    identifiers: set[str] = field(default_factory=set)
    statuses: dict[str, dict[str, Any]] = field(default_factory=dict)
    # What is told of requests before anything else.
    first_statuses: list[str] = field(default_factory=lambda: ["PROCESSING"])
    # Whether it says which members it refused.
    names_places: bool = True

    def connection(self, kind: type) -> object:
        """Return addresses and credentials."""
        return kind(
            client_id="client",
            client_secret=TOKEN,
            refresh_token=TOKEN,
            url=self.url,
            login_url=f"{self.url}/token",
        )

    def reply(self, request: Request) -> Reply:
        """Answer as the real one does."""
        if request.path == "/token":
            return self._grant(dict(parse_qsl(request.body.decode())))
        self.check(request)
        if request.headers.get("authorization") != f"Bearer {self.token}":
            return json_reply({"error": {"code": 401, "status": "UNAUTHENTICATED"}}, 401)
        match request.method, request.path:
            case "POST", "/v1/audienceMembers:ingest" | "/v1/audienceMembers:remove":
                return self._take(request.path.rpartition(":")[2], request.document)
            case "GET", "/v1/requestStatus:retrieve":
                return self._status(request.query["requestId"])
        return json_reply({"error": {"code": 404, "status": "NOT_FOUND"}}, 404)

    def members(self) -> set[str]:
        """Return the identifiers on the list."""
        return self.identifiers

    def form(self, email: str) -> str:
        """Return the identifier of an address."""
        return _text({"emailAddress": hashlib.sha256(email.encode()).hexdigest()})

    def _grant(self, form: dict[str, str]) -> Reply:
        if (form["client_secret"], form["grant_type"]) != (TOKEN, "refresh_token"):
            return json_reply({"error": "invalid_client"}, 401)
        return json_reply({"access_token": self.token, "expires_in": 3600, "token_type": "Bearer"})

    def _take(self, method: str, document: dict[str, Any]) -> Reply:
        self._check_destination(method, document)
        members = [
            _text(each["userData"]["userIdentifiers"][0]) for each in document["audienceMembers"]
        ]
        if len(set(members)) < len(members):
            self.problems.append("a member twice")
        refused = {self.form(address): reason for address, reason in self.refused.items()}
        counts = [
            {
                "reason": f"PROCESSING_ERROR_REASON_{refused[member]}",
                "recordCount": "1",
                **({"recordIndices": [place]} if self.names_places else {}),
            }
            for place, member in enumerate(members)
            if member in refused and method == "ingest"
        ]
        if method == "remove":
            self.identifiers -= set(members)
        else:
            self.identifiers |= set(members) - refused.keys()
        status = {0: "SUCCESS", len(members): "FAILED"}.get(len(counts), "PARTIAL_SUCCESS")
        name = f"request-{len(self.statuses)}"
        self.statuses[name] = {"requestStatus": status, "errorInfo": {"errorCounts": counts}}
        return json_reply({"requestId": name})

    def _status(self, name: str) -> Reply:
        if self.first_statuses:
            told = {"requestStatus": self.first_statuses.pop(0)}
            return json_reply({"requestStatusPerDestination": [told]})
        return json_reply({"requestStatusPerDestination": [self.statuses[name]]})

    def _check_destination(self, method: str, document: dict[str, Any]) -> None:
        (destination,) = document["destinations"]
        account = {"accountType": "GOOGLE_ADS", "accountId": ACCOUNT}
        if destination != {"operatingAccount": account, "productDestinationId": LIST}:
            self.problems.append("another list")
        if document["encoding"] != "HEX" or (method == "ingest") != ("consent" in document):
            self.problems.append("encoding or consent is missing")


def _text(identifier: dict[str, Any]) -> str:
    return json.dumps(identifier, sort_keys=True)
