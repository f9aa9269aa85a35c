"""What Google needs to be told."""

from typing import Annotated, Literal

from pydantic import Field, SecretStr

from orchestration.activation.destinations import target
from orchestration.settings import ConnectionSettings

AccountId = Annotated[str, Field(pattern=r"^\d+$")]


class Connection(ConnectionSettings, env_prefix="ONEFOLD_GOOGLE_"):
    """An OAuth client, and a refresh token of the scope datamanager."""

    client_id: str
    client_secret: SecretStr
    refresh_token: SecretStr
    url: str = "https://datamanager.googleapis.com"
    login_url: str = "https://oauth2.googleapis.com/token"


class Target(target.Target):
    """The list, the account that owns it, and the account that logs in, if it is another."""

    account_id: AccountId
    list_id: AccountId
    login_account_id: AccountId | None = None
    account_type: Literal["GOOGLE_ADS", "DISPLAY_VIDEO_PARTNER", "DISPLAY_VIDEO_ADVERTISER"] = (
        "GOOGLE_ADS"
    )
    # Only the advertiser can say so, and Google takes no members without it.
    customer_match_terms_accepted: Literal[True]
