"""Which made-up company a state directory holds, so that a second demo goes on with the first."""

import shutil
from collections.abc import Callable
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from orchestration.errors import UsageError
from orchestration.settings import Settings

DEFAULT_PEOPLE = 5_000
DEFAULT_SEED = 7


class DemoCompany(BaseModel):
    """What decides every byte of the company's files; `until` is its now."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    people: int
    seed: int
    until: AwareDatetime


def demo_folder(settings: Settings) -> Path:
    """Return where the demo keeps its files."""
    return settings.home / "demo"


def raw_folder(settings: Settings) -> Path:
    """Return where the company's raw files are."""
    return demo_folder(settings) / "raw"


def truth_path(settings: Settings) -> Path:
    """Return where it stands which records are one person's; no part of the raw files."""
    return demo_folder(settings) / "truth" / "records.csv"


def settle_company(
    settings: Settings,
    people: int | None,
    seed: int | None,
    tell: Callable[[str], None],
) -> DemoCompany:
    """Return the company of this state directory, made up now if there is none yet.

    Raises:
        UsageError: the state directory holds another company, or somebody's real data.
    """
    marker = demo_folder(settings) / "company.json"
    if marker.is_file():
        company = _read(marker)
        _check_same(settings, company, people, seed)
        return company
    if settings.warehouse_path.exists():
        raise UsageError(
            f"{settings.home} already holds data that are no demo; "
            "set ONEFOLD_HOME to another folder for the demo."
        )

    company = DemoCompany(
        people=people or DEFAULT_PEOPLE,
        seed=DEFAULT_SEED if seed is None else seed,
        until=settings.clock().replace(microsecond=0),
    )
    _make_up(settings, company, tell)
    marker.write_text(company.model_dump_json(), encoding="utf-8")
    return company


def _read(marker: Path) -> DemoCompany:
    try:
        return DemoCompany.model_validate_json(marker.read_bytes())
    except ValidationError:
        raise UsageError(
            f"{marker} cannot be read; remove {marker.parent} and start the demo again."
        ) from None


def _check_same(
    settings: Settings, company: DemoCompany, people: int | None, seed: int | None
) -> None:
    is_same = people in {None, company.people} and seed in {None, company.seed}
    if not is_same:
        raise UsageError(
            f"{settings.home} holds a demo of {company.people} people with seed {company.seed}; "
            "set ONEFOLD_HOME to another folder for another company."
        )


def _make_up(settings: Settings, company: DemoCompany, tell: Callable[[str], None]) -> None:
    from demo_company import generate

    tell(f"Making up a company of {company.people:,} people (seed {company.seed}).")
    folder = raw_folder(settings)
    shutil.rmtree(folder, ignore_errors=True)
    generate(folder, people=company.people, seed=company.seed, until=company.until)

    # The truth is for the referee, who asks for it by itself.
    shutil.rmtree(truth_path(settings).parent, ignore_errors=True)
    shutil.move(folder / "truth", truth_path(settings).parent)
