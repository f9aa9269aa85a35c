"""How requests prove who sent them: signatures of Standard Webhooks, and the Basic scheme."""

import base64
import binascii
import hmac

from pydantic import SecretStr

from orchestration.errors import UsageError

PREFIX = "whsec_"


def signing_key(secret: str) -> bytes:
    """Return the bytes of a secret: `whsec_` and base64, or plain text.

    Raises:
        UsageError: what follows `whsec_` is not base64.
    """
    if not secret.startswith(PREFIX):
        return secret.encode()
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise UsageError(
            "ONEFOLD_WEBHOOK_SECRET cannot be used: what follows whsec_ is not base64."
        ) from None


def signature(key: bytes, message_id: str, timestamp: str, body: bytes) -> str:
    """Sign id, time and body, so that none of the three can be exchanged."""
    signed = b".".join((message_id.encode(), timestamp.encode(), body))
    digest = hmac.digest(key, signed, "sha256")
    return "v1," + base64.b64encode(digest).decode()


def basic_authorization(user: str, password: SecretStr) -> str:
    """Return the header of the Basic scheme."""
    pair = f"{user}:{password.get_secret_value()}"
    return "Basic " + base64.b64encode(pair.encode()).decode()
