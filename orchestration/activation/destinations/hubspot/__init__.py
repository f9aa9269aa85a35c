"""HubSpot: contacts by their addresses, and a static list that is kept equal to the sync."""

from orchestration.activation.destinations.hubspot.destination import HubSpotDestination, connect
from orchestration.activation.destinations.hubspot.settings import Connection, Target

__all__ = ["Connection", "HubSpotDestination", "Target", "connect"]
