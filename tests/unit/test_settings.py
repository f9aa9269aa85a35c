"""Promises of the settings: a value that cannot be meant is named, not worked with."""

import pytest

from orchestration.errors import UsageError
from orchestration.settings import get_settings

UNUSABLE = [
    ("ONEFOLD_HTTP_TIMEOUT_SECONDS", "0"),
    ("ONEFOLD_HTTP_TIMEOUT_SECONDS", "inf"),
    ("ONEFOLD_SYNC_BUDGET_SECONDS", "-5"),
    ("ONEFOLD_LOCK_TIMEOUT_SECONDS", "nan"),
    ("ONEFOLD_MAX_REMOVED_SHARE", "nan"),
    ("ONEFOLD_MAX_REMOVED_SHARE", "20"),
    ("ONEFOLD_MAX_REMOVED_ROWS", "-1"),
    ("ONEFOLD_HTTPS_ROOT_CERTIFICATE", "missing.pem"),
    ("ONEFOLD_HTTPS_ROOT_CERTIFICATE", __file__),
    ("ONEFOLD_NOW", "0001-01-01T00:00:00+14:00"),
]


@pytest.mark.parametrize(("name", "value"), UNUSABLE)
def test_a_value_that_cannot_be_meant_is_named(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Above all one that would silently switch off a guard: no share is more than "nan"."""
    monkeypatch.setenv(name, value)
    get_settings.cache_clear()

    with pytest.raises(UsageError, match=name):
        get_settings()
    get_settings.cache_clear()
