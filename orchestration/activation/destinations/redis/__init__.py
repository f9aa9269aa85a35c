"""Redis: profiles as hashes, and a set of whoever is in the audience."""

from orchestration.activation.destinations.redis.destination import RedisProfiles, connect
from orchestration.activation.destinations.redis.settings import Connection, Target

__all__ = ["Connection", "RedisProfiles", "Target", "connect"]
