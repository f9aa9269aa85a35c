"""Limits of Klaviyo; from its API description of revision 2026-07-15 where nothing else is said."""

REVISION = "2026-07-15"
MEDIA_TYPE = "application/vnd.api+json"

# A bulk import takes 10,000 profiles, but a list gives back 1,000 at once.
MAX_BATCH_SIZE = 1_000
MAX_PROFILES_PER_PAGE = 100
# More than any answer is long: one that always leads on is none.
MAX_PAGES = 1_000
# Imports of a batch this small are mostly done within seconds.
FIRST_LOOK_SECONDS = 2.0
# Not documented: each job has a moment at which it expires. Imports are mostly done within minutes.
LANDS_WITHIN_HOURS = 24.0
# 150 a minute for imports and lists.
REQUESTS_PER_SECOND = 2.5
MAX_IN_FLIGHT = 4
RENDER_VERSION = "klaviyo-1"
