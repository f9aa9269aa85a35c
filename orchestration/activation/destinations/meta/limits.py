"""Limits of Meta; from its pages on Custom Audiences and on errors of the Graph API, v25.0."""

MAX_BATCH_SIZE = 10_000
# Not documented; Meta answers with a code when it is too much.
REQUESTS_PER_SECOND = 10
MAX_IN_FLIGHT = 4
RENDER_VERSION = "meta-1"

# Meta answers every failure with 400, so its own code says what it is.
BUSY_CODES = {4, 17, 32, 341, 613, 80003}
# Something went wrong on its side; the work may be done.
UNCERTAIN_CODES = {1, 2}
AUTH_CODES = {10, 102, 190, 200, 368}
# No such audience for this token; uploads to the audience are blocked.
AUDIENCE_SUBCODES = {33, 1713230}
