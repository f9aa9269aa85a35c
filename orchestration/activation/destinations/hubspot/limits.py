"""Limits of HubSpot; from its developer pages on batch endpoints and lists, API v3."""

# Inputs of one batch endpoint.
MAX_BATCH_SIZE = 100
# 100 in ten seconds, of the smallest subscription.
REQUESTS_PER_SECOND = 10
MAX_IN_FLIGHT = 4
RENDER_VERSION = "hubspot-1"
