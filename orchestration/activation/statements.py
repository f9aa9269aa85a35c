"""SQL texts: the ledger's own, beside this module, and the ones that dbt compiled."""

from functools import lru_cache
from importlib.resources import files

from orchestration.errors import OnefoldError
from orchestration.settings import Settings


@lru_cache
def statement(name: str) -> str:
    """Return the text of `sql/<name>.sql`."""
    return files(__package__).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def delivered_state(settings: Settings) -> str:
    """Return the model `delivered_state` as dbt compiled it.

    The engine plans from the very text that dbt builds and tests, run on the live ledger; a
    copy of it here would drift from it.

    Raises:
        OnefoldError: dbt has not compiled the model.
    """
    path = settings.target_path / "compiled/onefold/models/marts/activation/delivered_state.sql"
    try:
        return path.read_text(encoding="utf-8").strip().rstrip(";")
    except FileNotFoundError:
        raise OnefoldError(
            "The model delivered_state is not compiled yet; run `onefold run`, or `dbt compile`."
        ) from None
