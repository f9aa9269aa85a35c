"""Limits of Redis, and the words its errors begin with; from its page on the protocol."""

MAX_BATCH_SIZE = 1_000
RENDER_VERSION = "redis-1"
SECONDS = 10.0

PASSING_WORDS = {"LOADING", "TRYAGAIN", "CLUSTERDOWN", "MASTERDOWN", "BUSY", "READONLY"}
AUTH_WORDS = {"NOAUTH", "WRONGPASS", "NOPERM"}
# Others are told by no word, since it could be one of a row.
KNOWN_WORDS = PASSING_WORDS | AUTH_WORDS | {"WRONGTYPE", "OOM", "MISCONF", "NOREPLICAS"}
