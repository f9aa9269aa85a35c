"""What the contract asks of every vendor on loopback."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from orchestration.activation.declarations import SyncDeclaration
from orchestration.activation.destinations.protocol import Destination
from orchestration.activation.destinations.registry import destination_module
from orchestration.settings import Settings
from tests.contract.loopback import LoopbackServer, Request
from tests.contract.vendors.description import Description
from tests.unit.activation.world import declaration

TOKEN = "secret-token"
# By then a removal counts at once, also at a vendor that may have begun on what it did not answer.
LANDED_HOURS = 24


@dataclass
class Vendor(LoopbackServer):
    """A vendor with one list, which the sync `test_people` is kept equal to."""

    name: ClassVar[str]
    match_keys: ClassVar[tuple[str, ...]] = ("person_id",)
    target: ClassVar[Mapping[str, str | int | bool]] = {}
    # File of the vendor's own description of its API, if it has published one.
    specification: ClassVar[str | None] = None
    # Long enough for an answer on loopback, and waited for in full where none comes.
    timeout_seconds: ClassVar[float] = 0.5
    # Requests that come before the first one of a batch: for a token.
    preliminaries: ClassVar[int] = 0
    # E-mail addresses that the vendor refuses, with its reason.
    refused: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.description = Description(self.specification)

    def destination(self, settings: Settings) -> Destination:
        """Return our side of the wire."""
        module = destination_module(self.name)
        settings = settings.model_copy(
            update={"allow_hosts": self.host, "http_timeout_seconds": self.timeout_seconds}
        )
        connected: Destination = module.connect(
            settings, self.connection(module.Connection), module.Target(**self.target)
        )
        return connected

    def connection(self, kind: type) -> object:
        """Return address and credentials."""
        return kind(url=self.url, token=TOKEN)

    def declaration(self) -> SyncDeclaration:
        """Return the sync."""
        declared = declaration(destination=self.name)
        return declared.model_copy(update={"match_keys": self.match_keys, "target": self.target})

    def members(self) -> set[str]:
        """Return who is on the list, each as `form` of the address."""
        raise NotImplementedError

    def form(self, email: str) -> str:
        """Return what the vendor keeps of an address."""
        return email

    def check(self, request: Request) -> None:
        """Complain of a request that the vendor's description does not allow."""
        self.problems += self.description.problems(self.url, request)
