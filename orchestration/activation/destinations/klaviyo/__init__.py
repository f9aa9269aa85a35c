"""Klaviyo: profiles by bulk import, and a list that is kept equal to the sync."""

from orchestration.activation.destinations.klaviyo.destination import KlaviyoDestination, connect
from orchestration.activation.destinations.klaviyo.settings import Connection, Target

__all__ = ["Connection", "KlaviyoDestination", "Target", "connect"]
