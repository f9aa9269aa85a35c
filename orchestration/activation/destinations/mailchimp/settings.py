"""What Mailchimp needs to be told."""

from typing import Annotated, Literal

from pydantic import Field

from orchestration.activation.declarations import Mode
from orchestration.activation.destinations import target
from orchestration.activation.destinations.accounts import Account
from orchestration.activation.destinations.signatures import basic_authorization
from orchestration.errors import UsageError

Name = Annotated[str, Field(min_length=1)]


class Connection(Account, env_prefix="ONEFOLD_MAILCHIMP_"):
    """An API key; what follows its last dash names the data centre."""

    url: str = ""

    def headers(self) -> dict[str, str]:
        """Return the header that carries the key; any name may stand before it."""
        return {"authorization": basic_authorization("onefold", self.token)}

    def address(self) -> str:
        """Return the address of the API.

        Raises:
            UsageError: neither the key nor a setting says where it is.
        """
        _, _, centre = self.token.get_secret_value().rpartition("-")
        if not self.url and not centre.isalnum():
            raise UsageError(
                f"{self.variable('token')} does not end with -<data centre>; correct it, "
                f"or set {self.variable('url')}."
            )
        return self.url or f"https://{centre}.api.mailchimp.com/3.0"


class Target(target.Target):
    """The audience, the tag, and what becomes of whoever is new to the audience."""

    list_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    tag: Name
    status_if_new: Literal["subscribed", "pending", "transactional"] = "subscribed"

    def modes(self) -> frozenset[Mode]:
        """Return the modes: a member can be archived."""
        return target.PLAIN_MODES | {"archive"}
