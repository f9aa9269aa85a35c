"""What HubSpot needs to be told."""

from typing import Annotated

from pydantic import Field

from orchestration.activation.destinations import target
from orchestration.activation.destinations.accounts import Account


class Connection(Account, env_prefix="ONEFOLD_HUBSPOT_"):
    """Token of a private app with the scopes crm.objects.contacts and crm.lists: read and write."""

    url: str = "https://api.hubapi.com"


class Target(target.Target):
    """The list; one that is filled by hand, since HubSpot fills the active ones itself."""

    list_id: Annotated[str, Field(pattern=r"^\d+$")]
