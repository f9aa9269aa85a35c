"""CSV drop: a file per run in a folder, and a manifest that says it is complete."""

from orchestration.activation.destinations.csv_drop.destination import FolderPlace, connect
from orchestration.activation.destinations.csv_drop.settings import Connection, Target

__all__ = ["Connection", "FolderPlace", "Target", "connect"]
