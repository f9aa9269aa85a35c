"""What Klaviyo needs to be told."""

from typing import Annotated

from pydantic import Field

from orchestration.activation.destinations import target
from orchestration.activation.destinations.accounts import Account
from orchestration.activation.destinations.klaviyo import limits


class Connection(Account, env_prefix="ONEFOLD_KLAVIYO_"):
    """A private key with the scopes lists, profiles: read and write."""

    url: str = "https://a.klaviyo.com"

    def headers(self) -> dict[str, str]:
        """Return the key, and the version of the API that is spoken."""
        return {
            "authorization": f"Klaviyo-API-Key {self.token.get_secret_value()}",
            "revision": limits.REVISION,
            "accept": limits.MEDIA_TYPE,
        }


class Target(target.Target):
    """The list."""

    list_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
