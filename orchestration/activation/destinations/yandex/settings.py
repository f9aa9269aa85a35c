"""What Yandex Audience needs to be told."""

from typing import Annotated

from pydantic import Field

from orchestration.activation.destinations import target
from orchestration.activation.destinations.accounts import Account


class Connection(Account, env_prefix="ONEFOLD_YANDEX_"):
    """An OAuth token that may change segments."""

    url: str = "https://api-audience.yandex.ru"

    def headers(self) -> dict[str, str]:
        """Return the header that carries the token."""
        return {"authorization": f"OAuth {self.token.get_secret_value()}"}


class Target(target.Target):
    """The segment, and the columns of the file that it was made from, in their order."""

    segment_id: Annotated[int, Field(gt=0)]
    columns: Annotated[str, Field(pattern=r"^(email|phone)(,(email|phone))?$")] = "phone,email"
