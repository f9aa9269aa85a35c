"""CSV drop: a file per run in a folder, and a manifest that says it is complete."""

from orchestration.activation.destinations.csv_drop.destination import (
    NEEDED_SETTINGS,
    CsvDropDestination,
    from_settings,
)

__all__ = ["NEEDED_SETTINGS", "CsvDropDestination", "from_settings"]
