"""Limits of Google; from its pages on limits and diagnostics of the Data Manager API, v1."""

MAX_BATCH_SIZE = 10_000
FIRST_LOOK_SECONDS = 30 * 60.0
NEXT_LOOK_SECONDS = 15 * 60.0
LANDS_WITHIN_HOURS = 24.0
# 300 a minute for a project.
REQUESTS_PER_SECOND = 5
MAX_IN_FLIGHT = 4
RENDER_VERSION = "google-1"

REASON_PREFIX = "PROCESSING_ERROR_REASON_"
# Its own fault: the same members may pass another time.
PASSING_REASONS = {"INTERNAL_ERROR", "DESTINATION_TOO_RECENTLY_CREATED"}
# Nothing about a member: no list of this account can be changed until somebody signs.
ACCOUNT_REASONS = {"TERMS_AND_CONDITIONS_NOT_SIGNED"}
