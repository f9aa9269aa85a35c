"""What Klaviyo needs to be told."""

from typing import Annotated

from pydantic import Field

from orchestration.activation.destinations import target
from orchestration.activation.destinations.accounts import Account


class Connection(Account, env_prefix="ONEFOLD_KLAVIYO_"):
    """A private key with the scopes lists, profiles: read and write."""

    url: str = "https://a.klaviyo.com"


class Target(target.Target):
    """The list."""

    list_id: Annotated[str, Field(min_length=1)]
