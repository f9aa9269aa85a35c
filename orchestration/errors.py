"""Errors that people read: one sentence that names the place, never a personal value."""


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
