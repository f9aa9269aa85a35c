"""Yandex Audience: a segment of hashed contacts, changed by files."""

from orchestration.activation.destinations.yandex.destination import YandexDestination, connect
from orchestration.activation.destinations.yandex.settings import Connection, Target

__all__ = ["Connection", "Target", "YandexDestination", "connect"]
