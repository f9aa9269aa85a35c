"""Limits of mail; from RFC 5321."""

# One mail, so that what became of it is known before the next one leaves.
MAX_BATCH_SIZE = 1
# A mail is not sent again because it would look otherwise today.
RENDER_VERSION = "smtp-1"

PERMANENT = range(500, 600)
# The server ends the session, whatever it was asked.
CLOSING = 421
