"""Limits of the CSV drop, all of them our own."""

# A file is made in memory: 100,000 rows of a dozen fields are some 20 MB.
MAX_BATCH_SIZE = 100_000
RENDER_VERSION = "csv-1"
