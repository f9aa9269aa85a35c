"""What SFTP needs to be told."""

from pathlib import Path

from pydantic import Field, SecretStr, model_validator

from orchestration.activation.destinations.target import TargetOfWords as Target
from orchestration.settings import ConnectionSettings

__all__ = ["Connection", "Target"]


class Connection(ConnectionSettings, env_prefix="ONEFOLD_SFTP_"):
    """Where the files go, who puts them there, and how the machine proves that it is the one."""

    host: str
    user: str
    # As in a known_hosts file, without the name: `ssh-ed25519 AAAA...`.
    host_key: str
    dir: str = Field(default=".", min_length=1)
    port: int = 22
    password: SecretStr | None = None
    key_file: Path | None = None

    @model_validator(mode="after")
    def _has_credentials(self) -> "Connection":
        if self.password is None and self.key_file is None:
            raise ValueError("a password or a key_file is needed")
        return self
