"""Limits of Mailchimp; from its page on errors and limits of the Marketing API 3.0."""

# A person takes two calls of their own, and an interrupted batch is repeated as a whole.
MAX_BATCH_SIZE = 20
# Not documented; ten connections at a time are.
REQUESTS_PER_SECOND = 20
MAX_IN_FLIGHT = 8
RENDER_VERSION = "mailchimp-2"
FORBIDDEN = 403
# Refusals that are about one member and nothing else.
MEMBER_STATUSES = {400, 422}
