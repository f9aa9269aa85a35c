"""What Klaviyo needs to be told."""

from typing import Annotated

from pydantic import Field, SecretStr

from orchestration.activation.destinations import target
from orchestration.settings import ConnectionSettings


class Connection(ConnectionSettings, env_prefix="ONEFOLD_KLAVIYO_"):
    """A private key with the scopes lists, profiles: read and write."""

    token: SecretStr
    url: str = "https://a.klaviyo.com"


class Target(target.Target):
    """The list."""

    list_id: Annotated[str, Field(min_length=1)]
