"""Limits of a table, and what the classes of SQLSTATE mean; from PostgreSQL's Appendix A."""

from orchestration.activation.destinations.protocol import Verdict

MAX_BATCH_SIZE = 10_000
RENDER_VERSION = "postgres-1"
CONNECT_SECONDS = 10
# Whoever alters or vacuums the table may have it for hours.
LOCK_SECONDS = 10
# A server that lost its power is missed within a minute, where the system would wait for hours.
KEEPALIVES = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
# Long enough for any run that may still repeat a batch.
REMEMBERED_DAYS = 30

VERDICTS = {
    "08": Verdict.RETRY,  # connection
    "22": Verdict.ROWS,  # a value that does not fit its column
    "23": Verdict.ROWS,  # a value that a constraint forbids
    "28": Verdict.AUTH,
    "3D": Verdict.MISCONFIGURED,  # no such database
    "40": Verdict.RETRY,  # rolled back for the sake of another one
    "42": Verdict.MISCONFIGURED,  # no such table or column, no right to it, no unique key
    "53": Verdict.RETRY,  # out of space or connections
    "55": Verdict.RETRY,  # locked
    "57": Verdict.RETRY,  # shutting down, or too slow
}
