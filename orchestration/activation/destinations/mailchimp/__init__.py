"""Mailchimp: members of an audience, and a tag that is kept equal to the sync."""

from orchestration.activation.destinations.mailchimp.destination import (
    MailchimpDestination,
    connect,
)
from orchestration.activation.destinations.mailchimp.settings import Connection, Target

__all__ = ["Connection", "MailchimpDestination", "Target", "connect"]
