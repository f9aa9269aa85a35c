"""PostgreSQL: a table that holds exactly the rows of the sync model."""

from orchestration.activation.destinations.postgres.destination import PostgresTable, connect
from orchestration.activation.destinations.postgres.settings import Connection, Target

__all__ = ["Connection", "PostgresTable", "Target", "connect"]
