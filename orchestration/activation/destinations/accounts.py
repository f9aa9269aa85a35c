"""Accounts at vendors: a token opens one, and its pace is shared by all who go there."""

from collections.abc import Callable

from pydantic import SecretStr, field_validator

from orchestration.activation.budgets import budget_of
from orchestration.activation.destinations.http import VendorApi, vendor_client
from orchestration.activation.destinations.protocol import BatchResult
from orchestration.activation.destinations.signatures import is_fit_for_header
from orchestration.activation.destinations.statuses import refusal_of
from orchestration.activation.outbound import Answer
from orchestration.settings import ConnectionSettings, Settings


class Account(ConnectionSettings):
    """A token, and the address where it holds."""

    token: SecretStr
    url: str

    @field_validator("token")
    @classmethod
    def _fit_for_a_header(cls, token: SecretStr) -> SecretStr:
        # Told here: on the way out it would look like a lost connection.
        if not is_fit_for_header(token.get_secret_value()):
            raise ValueError("it holds a line break, an outer blank or a letter beyond ASCII")
        return token

    def address(self) -> str:
        """Return the address of the API."""
        return self.url

    def headers(self) -> dict[str, str]:
        """Return the headers of every request, one of which carries the token."""
        return {"authorization": f"Bearer {self.token.get_secret_value()}"}


def account_api(
    settings: Settings,
    account: Account,
    requests_per_second: float,
    refusal: Callable[[Answer], BatchResult] = refusal_of,
) -> VendorApi:
    """Return the API of an account, which is called at the pace that the vendor allows.

    Raises:
        UsageError: the address cannot be used.
    """
    url = account.address()
    secret = account.token.get_secret_value()
    budget = budget_of(settings.pauses_path, url, secret, requests_per_second)
    client = vendor_client(settings, url, account.variable("url"), budget)
    return VendorApi(client, url, account.headers, refusal)
