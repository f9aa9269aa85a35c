"""SMTP: one plain mail from a template to whoever comes into the audience."""

from orchestration.activation.destinations.smtp.destination import SmtpMail, connect
from orchestration.activation.destinations.smtp.settings import Connection, Target

__all__ = ["Connection", "SmtpMail", "Target", "connect"]
