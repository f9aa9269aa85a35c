"""Limits of mail; from RFC 5321."""

# One mail, so that what became of it is known before the next one leaves.
MAX_BATCH_SIZE = 1
# A mail is not sent again because it would look otherwise today.
RENDER_VERSION = "smtp-1"
CONNECT_SECONDS = 10.0
# What RFC 5321 grants a server between the final full stop and its answer is longer.
ANSWER_SECONDS = 60.0

PERMANENT = range(500, 600)
