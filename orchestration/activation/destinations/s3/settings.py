"""What S3 needs to be told."""

from pydantic import Field, SecretStr

from orchestration.activation.destinations.target import TargetOfWords as Target
from orchestration.settings import ConnectionSettings

__all__ = ["Connection", "Target"]


class Connection(ConnectionSettings, env_prefix="ONEFOLD_S3_"):
    """The bucket, and a key that may read and write in it."""

    bucket: str = Field(pattern=r"^[a-z0-9][a-z0-9.-]{1,62}$")
    access_key_id: str = Field(pattern=r"^[!-~]+$")
    secret_access_key: SecretStr
    region: str = Field(default="us-east-1", pattern=r"^[A-Za-z0-9-]+$")
    # A name may have 1,024 bytes, those of the sync and the run among them.
    prefix: str = Field(default="", max_length=256)
    # Of a service that is not Amazon's.
    url: str | None = None

    def address(self) -> str:
        """Return the address of the service."""
        return self.url or f"https://s3.{self.region}.amazonaws.com"
