"""Access tokens that live for an hour, got by a refresh token that stays."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from pydantic import BaseModel, SecretStr, field_validator

from orchestration.activation.destinations.http import FORM, UndeliveredError, VendorApi, read
from orchestration.activation.destinations.protocol import BatchResult, Verdict
from orchestration.activation.destinations.signatures import is_fit_for_header

# Renewed this long before it ends, so that no request is on its way when it does.
MARGIN_SECONDS = 60.0


class Grant(BaseModel):
    """An access token, and how long it holds."""

    access_token: SecretStr
    expires_in: float = 3600.0

    @field_validator("access_token")
    @classmethod
    def _fit_for_a_header(cls, token: SecretStr) -> SecretStr:
        if not is_fit_for_header(token.get_secret_value()):
            raise ValueError("no token")
        return token


@dataclass(frozen=True)
class Client:
    """Who asks for tokens, and on whose behalf."""

    client_id: str
    client_secret: SecretStr
    refresh_token: SecretStr


class AccessToken:
    """The token of now; it is got when it is first needed, and again when it ends."""

    def __init__(
        self, api: VendorApi, client: Client, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._api = api
        self._client = client
        self._clock = clock
        self._grant: Grant | None = None
        self._ends_at = 0.0
        self._lock = threading.Lock()

    def headers(self) -> dict[str, str]:
        """Return the header that carries the token.

        Raises:
            UndeliveredError: no token was granted.
        """
        with self._lock:
            if self._grant is None or self._clock() >= self._ends_at:
                self._grant = self._granted()
                self._ends_at = self._clock() + self._grant.expires_in - MARGIN_SECONDS
            return _header(self._grant)

    def renew(self, refused: Mapping[str, str]) -> None:
        """Forget the token that was refused, unless another call has renewed it meanwhile."""
        with self._lock:
            if self._grant is not None and _header(self._grant) == refused:
                self._grant = None

    def _granted(self) -> Grant:
        form = {
            "grant_type": "refresh_token",
            "client_id": self._client.client_id,
            "client_secret": self._client.client_secret.get_secret_value(),
            "refresh_token": self._client.refresh_token.get_secret_value(),
        }
        try:
            answer = self._api.call("POST", "", urlencode(form).encode(), content_type=FORM)
            return read(answer, Grant)
        except UndeliveredError as error:
            raise UndeliveredError(_nothing_sent(error.result)) from None


def _header(grant: Grant) -> dict[str, str]:
    return {"authorization": f"Bearer {grant.access_token.get_secret_value()}"}


def _nothing_sent(result: BatchResult) -> BatchResult:
    """Return the result for the batch, of which not a byte has left."""
    is_refused = result.verdict not in {Verdict.RETRY, Verdict.AMBIGUOUS}
    verdict = Verdict.AUTH if is_refused else Verdict.RETRY
    code = f"token_{result.error_code}"
    return BatchResult(verdict, error_code=code, retry_after=result.retry_after)
