"""Errors that people read: one sentence that names the place, never a personal value."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


class OnefoldError(Exception):
    """A failure in the work; the message is the sentence shown to the user."""

    exit_code = 1


class UsageError(OnefoldError):
    """An argument or a setting that cannot be used."""

    exit_code = 2


class WarehouseError(OnefoldError):
    """A failed statement, told by class and code, since database errors quote the data."""


class BusyError(OnefoldError):
    """Another process holds the warehouse or the ledger."""


class BadFileError(OnefoldError):
    """A raw file that cannot be read as a whole."""


class BuildError(OnefoldError):
    """A model or a test of the dbt project that failed; nothing after it is done."""


def unforeseen(error: Exception) -> str:
    """Return class and place of an exception; its text may quote the data and is left out."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return f"Unforeseen {type(error).__name__} in an unknown place."

    file_name = trace.tb_frame.f_code.co_filename.rsplit("/", 1)[-1]
    return f"Unforeseen {type(error).__name__} in {file_name}, line {trace.tb_lineno}."


@contextmanager
def logged_if_it_fails(logger: logging.Logger, work: str) -> Iterator[None]:
    """Go on after work that others need not wait for; its failure is logged without values.

    Args:
        logger: Of the module that goes on.
        work: What is done, as the start of a sentence: "Telling of sync crm".
    """
    try:
        yield
    except OnefoldError as error:
        logger.warning("%s failed: %s", work, error)
    except Exception as error:
        logger.warning("%s failed: %s", work, unforeseen(error))
