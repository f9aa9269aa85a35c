"""What a Redis profile store needs to be told."""

from typing import Annotated

from pydantic import Field, SecretStr

from orchestration.activation.destinations import target
from orchestration.certificates import RootCertificate
from orchestration.settings import ConnectionSettings


class Connection(ConnectionSettings, env_prefix="ONEFOLD_REDIS_"):
    """The server, and who writes to it."""

    host: str
    port: int = 6379
    database: int = 0
    user: str | None = None
    password: SecretStr | None = None
    # The authority that vouches for the server, where the system does not know it.
    root_certificate: RootCertificate | None = None


class Target(target.Target):
    """The name of the audience in the keys."""

    audience: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+$")]
