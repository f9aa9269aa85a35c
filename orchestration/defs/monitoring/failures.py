"""Failures as Dagster keeps them: one sentence, since its storage must hold no values."""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from orchestration.errors import OnefoldError, unforeseen

# What may pass later by itself: a full disk, a slow network. Our own errors need a person.
WHEN_IT_MAY_PASS = dg.RetryPolicy(max_retries=2, delay=5, backoff=dg.Backoff.EXPONENTIAL)


@contextmanager
def told_in_one_sentence() -> Iterator[None]:
    """Replace any exception by one that holds no text from the data.

    Raises:
        dagster.Failure: with the sentence of our own error, which is final, or with the class
            and place of an unforeseen one, which may be tried again.
    """
    try:
        yield
    except OnefoldError as error:
        raise dg.Failure(str(error), allow_retries=False) from None
    except dg.Failure:
        raise
    except Exception as error:
        raise dg.Failure(unforeseen(error)) from None
