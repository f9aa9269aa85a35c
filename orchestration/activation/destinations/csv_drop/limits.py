"""Limits of the CSV drop: a run is one file, so a batch has no end."""

MAX_BATCH_SIZE = 2**31
RENDER_VERSION = "csv-1"
