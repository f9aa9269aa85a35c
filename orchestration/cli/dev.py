"""`onefold dev` and `onefold docs`: Dagster's UI, dbt's documentation site."""

import os
import subprocess
import sys
from typing import Annotated

import typer

from orchestration.cli.console import AsJson, note, out, show_json

# The UI has no login of its own, so it listens to this machine only.
LOOPBACK = "127.0.0.1"

Port = Annotated[int, typer.Option(help="Port of the UI.")]


def dev(port: Port = 3000) -> None:
    """Open Dagster's UI on 127.0.0.1, with the schedule and the sensor ready to switch on."""
    from orchestration.home import prepare_home
    from orchestration.settings import PROJECT_DIR, export_environment, get_settings
    from orchestration.transformation.manifest import ensure_manifest

    settings = get_settings()
    prepare_home(settings)
    export_environment()
    ensure_manifest(settings, tell=note)
    out.print(f"Dagster's UI: http://{LOOPBACK}:{port} (end it with Ctrl-C).")

    place = [f"--host={LOOPBACK}", f"--port={port}", f"--working-directory={PROJECT_DIR}"]
    command = [sys.executable, "-m", "dagster", "dev", "-m", "orchestration.definitions", *place]
    # In place of this process, so that Ctrl-C and signals reach Dagster itself.
    os.execv(command[0], command)  # noqa: S606 - our own command line


def docs(as_json: AsJson = False) -> None:
    """Build dbt's documentation site from the models and the warehouse."""
    from orchestration.errors import BuildError
    from orchestration.home import prepare_home
    from orchestration.settings import export_environment, get_settings
    from orchestration.transformation.manifest import (
        dbt_command,
        dbt_environment,
        ensure_manifest,
    )

    settings = get_settings()
    prepare_home(settings)
    export_environment()
    ensure_manifest(settings)
    command = dbt_command(settings, "docs", "generate", "--static")
    done = subprocess.run(  # noqa: S603 - our own command line, no shell
        command,
        env=dbt_environment(settings),
        cwd=settings.home,
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        raise BuildError("dbt could not build the documentation; `onefold run` first.")

    page = settings.target_path / "static_index.html"
    if as_json:
        show_json({"page": str(page)})
    else:
        out.print(f"Documentation: {page}", soft_wrap=True)
