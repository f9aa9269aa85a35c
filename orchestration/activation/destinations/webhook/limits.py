"""Limits of the webhook; the receiver is the user's own, so they are of our making."""

from math import inf

MAX_BATCH_SIZE = 500
MAX_ANSWER_BYTES = 1024 * 1024
MAX_IN_FLIGHT = 8
# The path is not there.
ADDRESS_STATUSES = {404, 405, 410}
# As many as it answers, until it wants to be left alone.
REQUESTS_PER_SECOND = inf
RENDER_VERSION = "webhook-1"
