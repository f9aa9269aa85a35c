"""Destinations by the names that exposures use."""

from collections.abc import Mapping
from types import ModuleType

from orchestration.activation.destinations import csv_drop, webhook
from orchestration.activation.destinations.protocol import Destination
from orchestration.errors import UsageError
from orchestration.settings import Settings

DESTINATIONS: Mapping[str, ModuleType] = {"csv": csv_drop, "webhook": webhook}


def missing_settings(settings: Settings, name: str) -> list[str]:
    """Return the environment variables that a destination still needs.

    Raises:
        UsageError: no destination has this name.
    """
    needed: tuple[str, ...] = _module(name).NEEDED_SETTINGS
    return [f"ONEFOLD_{field.upper()}" for field in needed if getattr(settings, field) is None]


def destination_for(settings: Settings, name: str) -> Destination | None:
    """Return the destination, ready to send, or None if it is not configured.

    Raises:
        UsageError: no destination has this name, or a setting of it cannot be used.
    """
    if missing_settings(settings, name):
        return None
    destination: Destination = _module(name).from_settings(settings)
    return destination


def _module(name: str) -> ModuleType:
    try:
        return DESTINATIONS[name]
    except KeyError:
        known = ", ".join(sorted(DESTINATIONS))
        raise UsageError(f"No destination is named {name}; there are {known}.") from None
