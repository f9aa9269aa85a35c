"""The program `onefold`: thin commands over the same work that Dagster schedules."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from orchestration.errors import OnefoldError

if TYPE_CHECKING:
    from typer import TyperException


def main() -> None:
    """Run the program and leave with its exit code; no error reaches the user as a traceback."""
    sys.exit(run_program(sys.argv[1:]))


def run_program(arguments: list[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 failed, 2 unusable arguments."""
    import typer

    from orchestration.cli.console import complain, show_json

    try:
        # Not standalone: click would draw a box around what is to be one sentence.
        code = _program()(arguments, prog_name="onefold", standalone_mode=False)
    except SystemExit as leave:
        return leave.code if isinstance(leave.code, int) else 0
    except typer.TyperException as error:
        sentence, code = _usage_sentence(error), error.exit_code
    except OnefoldError as error:
        sentence, code = str(error), error.exit_code
    except Exception as error:  # The last stop before a traceback.
        from orchestration.cli.crash import crash_sentence

        sentence, code = crash_sentence(error), 1
    else:
        return code if isinstance(code, int) else 0

    if sentence:
        complain(sentence)
    if "--json" in arguments:
        # A machine gets its object whatever happened; the sentence is there for both.
        show_json({"status": "failed", "error": sentence})
    return code


def _usage_sentence(error: "TyperException") -> str | None:
    """Say what is wrong with the arguments; where there were none, the help was shown."""
    problem = " ".join(error.format_message().split()).rstrip(".")
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "onefold"
    return f"{problem}; `{command} --help` shows what there is." if problem else None


def _program() -> Callable[..., Any]:
    import typer

    from orchestration.cli.audience import audience
    from orchestration.cli.decide import decide
    from orchestration.cli.demo import demo
    from orchestration.cli.dev import dev, docs
    from orchestration.cli.doctor import doctor
    from orchestration.cli.explain import explain
    from orchestration.cli.identity_diff import identity_diff
    from orchestration.cli.run import run
    from orchestration.cli.sync import sync

    app = typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        help="Warehouse-native customer data platform: load, resolve, publish, deliver.",
    )
    for command in (run, demo, explain, decide, identity_diff, doctor, dev, docs):
        app.command()(command)
    app.add_typer(sync, name="sync")
    app.add_typer(audience, name="audience")

    return typer.main.get_command(app)
