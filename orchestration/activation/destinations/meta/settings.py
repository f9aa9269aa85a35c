"""What Meta needs to be told."""

from typing import Annotated

from pydantic import Field

from orchestration.activation.destinations import target
from orchestration.activation.destinations.accounts import Account


class Connection(Account, env_prefix="ONEFOLD_META_"):
    """Token of a system user who is an administrator of the ad account."""

    url: str = "https://graph.facebook.com/v25.0"


class Target(target.Target):
    """The audience; one of the subtype CUSTOM."""

    audience_id: Annotated[str, Field(pattern=r"^\d+$")]
