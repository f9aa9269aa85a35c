"""What the CSV drop needs to be told."""

from pathlib import Path

from orchestration.activation.destinations.target import TargetOfWords as Target
from orchestration.settings import ConnectionSettings

__all__ = ["Connection", "Target"]


class Connection(ConnectionSettings, env_prefix="ONEFOLD_CSV_"):
    """The folder."""

    dir: Path
