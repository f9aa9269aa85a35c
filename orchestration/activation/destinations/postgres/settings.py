"""What a PostgreSQL table needs to be told."""

from typing import Annotated

from pydantic import Field, SecretStr

from orchestration.activation.declarations import Mode
from orchestration.activation.destinations import target
from orchestration.certificates import RootCertificate
from orchestration.settings import ConnectionSettings

Name = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=63)]


class Connection(ConnectionSettings, env_prefix="ONEFOLD_POSTGRES_"):
    """The database, and who writes to it."""

    host: str
    database: str
    user: str
    password: SecretStr
    port: int = 5432
    # The authority that vouches for the server, where the system does not know it.
    root_certificate: RootCertificate | None = None


class Target(target.Target):
    """The table; it exists, and its key is unique."""

    table: Name
    # Named `schema` in a declaration; pydantic's own models have a method of that name.
    schema_name: Name = Field("public", alias="schema")
    key: Name = "person_id"
    # A column of times; who leaves stays in the table, archived since then.
    archived_at: Name | None = None

    def modes(self) -> frozenset[Mode]:
        """Return the modes; an archive needs a column that tells who is in it."""
        return target.ALL_MODES - ({"archive"} if self.archived_at is None else frozenset())
