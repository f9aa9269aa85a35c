"""Limits of Yandex Audience; from its pages on segments of own data, API v1."""

# A file may have a gigabyte; this many digests are 16 megabytes.
MAX_BATCH_SIZE = 250_000
FIRST_LOOK_SECONDS = 5 * 60.0
NEXT_LOOK_SECONDS = 10 * 60.0
# Not documented.
REQUESTS_PER_SECOND = 5
RENDER_VERSION = "yandex-1"

# The segment is usable, or has too few members to be used for ads; the file is done either way.
DONE_STATUSES = {"processed", "few_data"}
FAILED_STATUSES = {"processing_failed"}
