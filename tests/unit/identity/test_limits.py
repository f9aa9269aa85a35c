"""Limits as people write them."""

import pytest

from orchestration.errors import UsageError
from orchestration.identity.limits import parse_limit


@pytest.mark.parametrize(
    ("text", "count", "total", "is_exceeded"),
    [
        ("0", 0, 10, False),
        ("0", 1, 10, True),
        ("12", 12, 100, False),
        ("0.5%", 5, 1_000, False),
        ("0.5%", 6, 1_000, True),
        ("0%", 0, 0, False),
    ],
)
def test_a_limit_is_what_is_still_fine(
    text: str, count: int, total: int, is_exceeded: bool
) -> None:
    """A number counts things, a percentage is a part of all."""
    assert parse_limit(text).is_exceeded(count, total) == is_exceeded


@pytest.mark.parametrize("text", ["", "%", "0.5", "-1", "101%", "nan", "many"])
def test_what_is_no_limit_is_refused(text: str) -> None:
    """Half a person is no number of people, and a typing error must not open the gate."""
    with pytest.raises(UsageError, match="is no limit"):
        parse_limit(text)
