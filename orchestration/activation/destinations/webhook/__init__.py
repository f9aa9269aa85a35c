"""Webhook: signed JSON batches over HTTPS to an address of the user's own."""

from orchestration.activation.destinations.webhook.destination import WebhookDestination, connect
from orchestration.activation.destinations.webhook.settings import Connection, Target

__all__ = ["Connection", "Target", "WebhookDestination", "connect"]
