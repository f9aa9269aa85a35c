"""Meta: members of a Custom Audience, by the digests of their contacts."""

from orchestration.activation.destinations.meta.destination import MetaDestination, connect
from orchestration.activation.destinations.meta.settings import Connection, Target

__all__ = ["Connection", "MetaDestination", "Target", "connect"]
