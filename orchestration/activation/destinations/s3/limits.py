"""Limits of S3, and statuses with a meaning of their own; from its reference of PutObject."""

from math import inf

# 3,500 for a prefix, which one file at a time is far from.
REQUESTS_PER_SECOND = inf
NOT_FOUND = 404
# The object was there already: the attempt whose answer was lost had put it.
PRECONDITION_FAILED = 412
# Two at once; the other one may fail yet.
CONFLICT = 409
