"""What Dagster keeps of a failure is a sentence without values, and whether to try again."""

import dagster as dg
import pytest

from orchestration.defs.monitoring.failures import told_in_one_sentence
from orchestration.errors import BadFileError


def failure(error: Exception) -> dg.Failure:
    """Let an error happen in a step, and return what Dagster gets to see."""
    with pytest.raises(dg.Failure) as caught, told_in_one_sentence():
        raise error
    return caught.value


def test_our_own_errors_are_final() -> None:
    """A broken file does not mend itself in five seconds."""
    told = failure(BadFileError("crm/contacts.csv has no header."))

    assert told.description == "crm/contacts.csv has no header."
    assert not told.allow_retries


def test_unforeseen_errors_are_told_by_class_and_place() -> None:
    """Their text may quote the data; their class and line are enough to find them."""
    told = failure(ValueError("needle@example.com"))

    assert told.allow_retries
    assert "ValueError in test_failures.py" in str(told.description)
    assert "needle" not in repr(told.__dict__)
    assert told.__suppress_context__
