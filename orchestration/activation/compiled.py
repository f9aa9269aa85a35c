"""The queries of the ledger that dbt compiled."""

from orchestration.errors import OnefoldError
from orchestration.settings import Settings


def compiled_model(settings: Settings, name: str) -> str:
    """Return a model of `marts/activation` as dbt compiled it, over the database `ledger`.

    The engine plans from the very text that dbt builds and tests, run on the live ledger; a
    copy of it here would drift from it.

    Raises:
        OnefoldError: dbt has not compiled the model.
    """
    folder = settings.target_path / "compiled/onefold/models/marts/activation"
    try:
        text = (folder / f"{name}.sql").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise OnefoldError(
            f"The model {name} is not compiled yet; run `onefold run`, or `dbt compile`."
        ) from None
    return text.strip().rstrip(";")
