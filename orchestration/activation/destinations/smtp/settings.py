"""What mail needs to be told."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr

from orchestration.activation.declarations import Mode
from orchestration.activation.destinations import target
from orchestration.activation.mail import SENDER, MailServer


class Connection(MailServer, env_prefix="ONEFOLD_SMTP_"):
    """The server, whom mail is from, and where somebody who wants no more of it can say so."""

    sender: str = Field(pattern=SENDER)
    templates: Path
    # `{key}` and `{signature}` in it become the person_id, and the proof that the link is ours.
    unsubscribe_url: str = Field(pattern=r"^https://[^\s<>]*\{key\}[^\s<>]*\{signature\}[^\s<>]*$")
    unsubscribe_secret: SecretStr


class Target(target.Target):
    """The name of the template: `<templates>/<template>.txt`."""

    template: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$")]

    def modes(self) -> frozenset[Mode]:
        """Return the modes: who changes hears nothing, and no mail is taken back."""
        return frozenset({"mirror", "insert", "append"})
