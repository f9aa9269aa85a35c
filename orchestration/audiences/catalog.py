"""What audience files may speak of: columns of the view, other audiences, and channels."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from orchestration.audiences.nodes import AudienceError

# In C where the library was built with it, which takes a tenth of the time.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
CHANNELS = "seeds/privacy/channels.csv"
# Advertising networks are no channel: there the latest word on any counts.
ANY_CHANNEL = "any"
VIEW = "models/marts/profiles/single_customer_view.yml"


@dataclass(frozen=True)
class Catalog:
    """Columns with their kind (text, number, boolean, date, timestamp), and names of the others."""

    columns: Mapping[str, str]
    audiences: frozenset[str]
    channels: frozenset[str]


def hint(name: str, known: Iterable[str]) -> str:
    """Return in brackets what may have been meant, or nothing."""
    close = get_close_matches(name, sorted(known), n=1)
    return f" ({close[0]}?)" if close else ""


def read_columns(project: Path) -> dict[str, str]:
    """Read the columns of the single customer view from its contract."""
    [view] = _page(project / VIEW)
    return {column["name"]: _kind(column["data_type"]) for column in view["columns"]}


def read_channels(project: Path) -> frozenset[str]:
    """Read what an audience may declare as its channel.

    Raises:
        AudienceError: the seed of channels cannot be read; the sentence names it.
    """
    try:
        with (project / CHANNELS).open(encoding="utf-8-sig", newline="") as seed:
            rows = csv.reader(seed)
            # Warehouses do not tell small letters from capitals here.
            position = [column.lower() for column in next(rows, [])].index("channel")
            return frozenset(row[position] for row in rows if row) | {ANY_CHANNEL}
    except OSError as error:
        problem = f"cannot be read as a file ({error.strerror})"
    except UnicodeDecodeError:
        problem = "is no text in UTF-8"
    except ValueError:
        problem = "has no column channel in its header"
    except (IndexError, csv.Error):
        problem = "has a row that is none of a table"
    raise AudienceError(f"{CHANNELS} {problem}.")


def declares_audience(page: Path) -> bool:
    """Tell whether a page in the folder of the audiences is that of an audience."""
    return any(model.get("config", {}).get("meta", {}).get("audience") for model in _page(page))


def _page(path: Path) -> list[dict[str, Any]]:
    page = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - both are safe loaders
    models: list[dict[str, Any]] = page["models"]
    return models


def _kind(data_type: str) -> str:
    if data_type.startswith(("bigint", "decimal")):
        return "number"
    # Text has another name on each engine, so its type is an expression.
    return data_type if data_type in {"boolean", "date", "timestamp"} else "text"
