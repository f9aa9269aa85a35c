"""Google: members of a Customer Match list, through the Data Manager API."""

from orchestration.activation.destinations.google.destination import GoogleDestination, connect
from orchestration.activation.destinations.google.settings import Connection, Target

__all__ = ["Connection", "GoogleDestination", "Target", "connect"]
