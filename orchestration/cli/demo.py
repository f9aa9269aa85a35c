"""`onefold demo`: the whole loop on a made-up company, without any account or network."""

import secrets
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.cli.console import AsJson, note

if TYPE_CHECKING:
    from demo_company.receiver import Receiver
    from orchestration.cli.demo_home import DemoCompany
    from orchestration.settings import Settings

People = Annotated[int | None, typer.Option(min=1, help="People of the company; 5000 at first.")]
Seed = Annotated[int | None, typer.Option(help="Another number gives another company.")]

# The receiver refuses some rows on purpose, as any vendor does.
FINE = ("done", "done_with_rejects")


def demo(people: People = None, seed: Seed = None, as_json: AsJson = False) -> None:
    """Make up a company and run the whole loop on it, with destinations on this machine."""
    _require_demo_packages()
    from demo_company.receiver import Receiver
    from orchestration.cli.demo_home import demo_folder, settle_company
    from orchestration.cli.refreshing import refresh, show_report
    from orchestration.cli.showcase import show_demo
    from orchestration.home import prepare_home
    from orchestration.settings import get_settings

    settings = get_settings()
    prepare_home(settings)
    company = settle_company(settings, people, seed, note)

    secret = secrets.token_hex(32)
    with Receiver(demo_folder(settings) / "receiver", secret) as receiver:
        settings = _demo_settings(settings, company, receiver, secret)
        report = refresh(settings, full_refresh=False, is_syncing=True)

    if report.published and not as_json:
        show_demo(settings, report)
    else:
        show_report(report, as_json=as_json)
    if report.status not in FINE:
        raise typer.Exit(1)


def _require_demo_packages() -> None:
    from orchestration.errors import UsageError

    try:
        import demo_company  # noqa: F401 - looks whether it can be imported
    except ModuleNotFoundError as error:
        package = str(error.name).split(".")[0]
        raise UsageError(
            f"The demo needs the package {package}, which is not installed: "
            "pip install 'onefold[demo]'."
        ) from None


def _demo_settings(
    settings: "Settings", company: "DemoCompany", receiver: "Receiver", secret: str
) -> "Settings":
    from orchestration.cli.demo_home import demo_folder, raw_folder, truth_path
    from orchestration.settings import get_settings, set_environment

    set_environment(
        ONEFOLD_NOW=company.until.isoformat(),
        ONEFOLD_RAW_DIR=str(raw_folder(settings)),
        ONEFOLD_TRUTH_DIR=str(truth_path(settings).parent),
        ONEFOLD_WEBHOOK_URL=receiver.url,
        ONEFOLD_WEBHOOK_SECRET=secret,
        ONEFOLD_ALLOW_HOSTS=receiver.host,
        ONEFOLD_CSV_DIR=str(demo_folder(settings) / "deliveries"),
    )
    return get_settings()
