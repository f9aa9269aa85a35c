"""`onefold audience`: audiences for people who write no SQL."""

from typing import Annotated

import typer

from orchestration.cli.console import AsJson, out, show_json

audience = typer.Typer(no_args_is_help=True, help="Audiences without SQL: compile.")


@audience.callback()
def _group() -> None:
    """Keep the name of the one command there is."""


@audience.command(name="compile")
def compile_files(
    is_check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail where files are not in step.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write a model for each file in audiences/."""
    from orchestration.audiences import compile_audiences, find_drift
    from orchestration.errors import OnefoldError
    from orchestration.settings import PROJECT_DIR

    if is_check:
        drift = find_drift(PROJECT_DIR)
        if drift:
            raise OnefoldError(
                f"{', '.join(drift)}: not what the files in audiences/ say; run "
                "`onefold audience compile`."
            )
        if as_json:
            show_json({"status": "done", "written": [], "removed": []})
        return

    outcome = compile_audiences(PROJECT_DIR)
    if as_json:
        show_json({"status": "done", "written": outcome.written, "removed": outcome.removed})
        return
    for path in outcome.written:
        out.print(f"written  {path}", markup=False, soft_wrap=True)
    for path in outcome.removed:
        out.print(f"removed  {path}", markup=False, soft_wrap=True)
    out.print(f"Audiences in step: {', '.join(outcome.audiences) or 'none'}.", markup=False)
