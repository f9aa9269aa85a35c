"""`onefold doctor`: what is set up, what is not, and how to mend it."""

from dataclasses import asdict

import typer

from orchestration.cli.console import AsJson, out, show_json

STYLES = {"good": "green", "idle": "yellow", "wrong": "red"}


def doctor(as_json: AsJson = False) -> None:
    """Check settings, state directory, warehouse, dbt project and destinations."""
    from orchestration.health import findings
    from orchestration.settings import export_environment, get_settings

    settings = get_settings()
    export_environment()
    found = list(findings(settings))
    is_healthy = all(finding.state != "wrong" for finding in found)

    if as_json:
        show_json({"is_healthy": is_healthy, "findings": [asdict(finding) for finding in found]})
    else:
        for finding in found:
            style = STYLES[finding.state]
            out.print(
                f"[{style}]{finding.state:>5}[/] {finding.subject}:",
                f"{finding.sentence} {finding.mend}".rstrip(),
                soft_wrap=True,
            )
    if not is_healthy:
        raise typer.Exit(1)
