"""How requests prove who sent them: Standard Webhooks, Basic, Amazon."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from pydantic import SecretStr

from orchestration.errors import UsageError

PREFIX = "whsec_"


def signing_key(secret: str, variable: str = "ONEFOLD_WEBHOOK_SECRET") -> bytes:
    """Return the bytes of a secret: `whsec_` and base64, or plain text.

    Raises:
        UsageError: what follows `whsec_` is not base64, or nothing.
    """
    if not secret.startswith(PREFIX):
        # Python reads bytes of the environment that are no UTF-8 as lone surrogates.
        return secret.encode(errors="surrogateescape")
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except ValueError:
        key = b""
    if not key:
        # Whoever knows that the key is empty could sign in our name.
        raise UsageError(
            f"{variable} cannot be used: what follows whsec_ is not base64, or nothing."
        )
    return key


def signature(key: bytes, message_id: str, timestamp: str, body: bytes) -> str:
    """Sign id, time and body, so that none of the three can be exchanged."""
    signed = b".".join((message_id.encode(), timestamp.encode(), body))
    digest = hmac.digest(key, signed, "sha256")
    return "v1," + base64.b64encode(digest).decode()


def is_fit_for_header(text: str) -> bool:
    """Return whether a text can stand in a header; any other looks like a lost connection."""
    return bool(text) and text.isascii() and text.isprintable() and text == text.strip()


def basic_authorization(user: str, password: SecretStr) -> str:
    """Return the header of the Basic scheme."""
    pair = f"{user}:{password.get_secret_value()}"
    return "Basic " + base64.b64encode(pair.encode()).decode()


@dataclass(frozen=True)
class AwsKey:
    """A key of Amazon's, and what it is used for."""

    key_id: str
    secret: SecretStr
    region: str
    service: str


def aws_headers(  # noqa: PLR0913, PLR0917 - all that is signed
    key: AwsKey, method: str, host: str, path: str, body: bytes, now: datetime
) -> dict[str, str]:
    """Return the headers of a request without query, signed by Signature Version 4."""
    time, day = now.strftime("%Y%m%dT%H%M%SZ"), now.strftime("%Y%m%d")
    digest = hashlib.sha256(body).hexdigest()
    signed = {"host": host, "x-amz-content-sha256": digest, "x-amz-date": time}
    names = ";".join(signed)
    lines = "".join(f"{name}:{value}\n" for name, value in signed.items())
    request = f"{method}\n{path}\n\n{lines}\n{names}\n{digest}"

    scope = f"{day}/{key.region}/{key.service}/aws4_request"
    request_digest = hashlib.sha256(request.encode()).hexdigest()
    to_sign = f"AWS4-HMAC-SHA256\n{time}\n{scope}\n{request_digest}"
    secret = f"AWS4{key.secret.get_secret_value()}".encode()
    for part in scope.split("/"):
        secret = hmac.digest(secret, part.encode(), "sha256")
    proof = hmac.new(secret, to_sign.encode(), "sha256").hexdigest()

    credential = f"Credential={key.key_id}/{scope}"
    authorization = f"AWS4-HMAC-SHA256 {credential}, SignedHeaders={names}, Signature={proof}"
    return {
        "authorization": authorization,
        "x-amz-content-sha256": digest,
        "x-amz-date": time,
    }
