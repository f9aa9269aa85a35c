"""What the webhook needs to be told."""

from typing import ClassVar

from pydantic import SecretStr

from orchestration.activation.destinations.target import TargetOfWords as Target
from orchestration.settings import ConnectionSettings

__all__ = ["Connection", "Target"]


class Connection(ConnectionSettings, env_prefix="ONEFOLD_WEBHOOK_"):
    """Address, and the secret of the signatures."""

    any_bytes: ClassVar[frozenset[str]] = frozenset({"secret"})

    url: str
    secret: SecretStr
