"""Braze: attributes of users, one of which lists the audiences they are in."""

from orchestration.activation.destinations.braze.destination import BrazeDestination, connect
from orchestration.activation.destinations.braze.settings import Connection, Target

__all__ = ["BrazeDestination", "Connection", "Target", "connect"]
