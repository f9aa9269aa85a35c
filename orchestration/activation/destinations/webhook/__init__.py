"""Webhook: signed JSON batches over HTTPS to an address of the user's own."""

from orchestration.activation.destinations.webhook.destination import (
    NEEDED_SETTINGS,
    WebhookDestination,
    from_settings,
)

__all__ = ["NEEDED_SETTINGS", "WebhookDestination", "from_settings"]
