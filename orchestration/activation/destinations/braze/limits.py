"""Limits of Braze; from its pages on the endpoint users/track."""

# Attributes, events and purchases of one request together; older contracts allow 75 of each.
MAX_BATCH_SIZE = 75
# 3,000 in three seconds.
REQUESTS_PER_SECOND = 1_000
MAX_IN_FLIGHT = 8
RENDER_VERSION = "braze-1"
