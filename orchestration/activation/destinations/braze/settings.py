"""What Braze needs to be told."""

from typing import Annotated

from pydantic import Field

from orchestration.activation.declarations import Mode
from orchestration.activation.destinations import target
from orchestration.activation.destinations.accounts import Account

Name = Annotated[str, Field(min_length=1)]


class Connection(Account, env_prefix="ONEFOLD_BRAZE_"):
    """A REST key with the permission users.track, and the address of the instance."""


class Target(target.Target):
    """The array attribute that lists audiences, and the name of this one in it."""

    audience: Name
    attribute: Name = "onefold_audiences"
    # False leaves out whoever Braze does not know yet.
    creates_users: bool = True

    def modes(self) -> frozenset[Mode]:
        """Return the modes: Braze can leave out whom it does not know."""
        return target.PLAIN_MODES | {"update"}
