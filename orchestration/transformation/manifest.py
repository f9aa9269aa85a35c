"""dbt's manifest: made anew when the project is another one, read without Dagster."""

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestration.errors import BuildError
from orchestration.settings import PROJECT_DIR, Settings, environment_for
from orchestration.warehouse import quoted

Manifest = dict[str, Any]

PROJECT_NAME = "onefold"
# Where dbt keeps what it read, so that it reads no more than what changed since.
PARTIAL_PARSE = "partial_parse.msgpack"
DBT_PROCESS = Path(__file__).with_name("dbt_process.py")
SOURCE_FOLDERS = ("models", "macros", "seeds", "tests/data_tests")
SOURCE_FILES = ("dbt_project.yml", "profiles.yml")


@dataclass(frozen=True)
class Relation:
    """A table that dbt builds: the schema and the name it has in the warehouse."""

    schema: str
    name: str
    description: str
    columns: dict[str, str]
    file_path: str

    @property
    def sql_name(self) -> str:
        """The name in SQL, with its schema."""
        return f"{quoted(self.schema)}.{quoted(self.name)}"


def dbt_command(settings: Settings, *arguments: str) -> list[str]:
    """Return the command line of a dbt call that tells its events as JSON and leaves no log."""
    return [
        sys.executable,
        # Modules beside the script are none that dbt means.
        "-P",
        str(DBT_PROCESS),
        *arguments,
        f"--project-dir={PROJECT_DIR}",
        f"--profiles-dir={PROJECT_DIR}",
        f"--target-path={settings.target_path}",
        f"--log-path={settings.target_path}",
        "--log-level=none",
        "--log-level-file=none",
        "--no-use-colors",
        "--no-send-anonymous-usage-stats",
    ]


def dbt_environment(settings: Settings) -> dict[str, str]:
    """Return the environment of a dbt call, which is to work in the home.

    The home is told as the place where dbt works: it reads the whole project anew where a variable
    of the profile is another one, and so may be moved or copied with all that was read.
    """
    return environment_for(settings) | {"ONEFOLD_HOME": "."}


def manifest_path(settings: Settings) -> Path:
    """Return where the manifest stands."""
    return settings.target_path / "manifest.json"


def ensure_manifest(settings: Settings, tell: Callable[[str], None] = lambda _: None) -> Manifest:
    """Return the manifest, parsing the dbt project first where it changed since.

    Raises:
        BuildError: the dbt project does not parse.
    """
    if not _is_current(settings):
        tell("Reading the dbt project; this is needed once after a change of its files.")
        _parse(settings)

    return read_manifest(settings)


def read_manifest(settings: Settings) -> Manifest:
    """Return the manifest as it stands."""
    manifest: Manifest = json.loads(manifest_path(settings).read_bytes())
    return manifest


def relations(manifest: Manifest, schema: str) -> list[Relation]:
    """Return the models that land in one schema, by name."""
    found = [
        Relation(
            schema=node["schema"],
            name=node["alias"],
            description=node["description"],
            columns={name: column["description"] for name, column in node["columns"].items()},
            file_path=node["original_file_path"],
        )
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] == schema
    ]
    return sorted(found, key=lambda relation: relation.name)


def compiled_query(settings: Settings, relation: Relation) -> str:
    """Return the query of a model as dbt compiled it.

    Raises:
        BuildError: the model was not built yet.
    """
    if not is_compiled(settings, relation):
        raise BuildError(f"The model {relation.name} is not compiled yet; `onefold run` first.")

    return _compiled_path(settings, relation).read_text(encoding="utf-8").strip().rstrip(";")


def is_compiled(settings: Settings, relation: Relation) -> bool:
    """Whether a build has compiled a model."""
    return _compiled_path(settings, relation).is_file()


def share_reading(settings: Settings, other: Settings) -> None:
    """Let dbt in another home read only what changed since it read this checkout in the first."""
    read = settings.target_path / PARTIAL_PARSE
    if _read_checkout(settings) == str(PROJECT_DIR) and read.is_file():
        shutil.copyfile(read, other.target_path / PARTIAL_PARSE)


def _compiled_path(settings: Settings, relation: Relation) -> Path:
    return settings.target_path / "compiled" / PROJECT_NAME / relation.file_path


def _is_current(settings: Settings) -> bool:
    state = _state_path(settings)
    return (
        manifest_path(settings).is_file()
        and state.is_file()
        and state.read_text(encoding="utf-8") == _state_of_project()
    )


def _state_path(settings: Settings) -> Path:
    return settings.target_path / "project_state"


def _state_of_project() -> str:
    """Return where the project stands, and when its sources changed and how long they are.

    Not whether these are newer than the manifest: an update may bring files with times of old.
    """
    digest = hashlib.sha256()
    for source in sorted(_sources()):
        status = source.stat()
        digest.update(f"{source}\0{status.st_mtime_ns}\0{status.st_size}\n".encode())
    return f"{PROJECT_DIR}\n{digest.hexdigest()}"


def _forget_other_checkout(settings: Settings) -> None:
    """Let dbt read all of a project that stands elsewhere than the one it read last.

    Of a seed it notes the folder, so that it would load what the other checkout holds by now.
    """
    if _read_checkout(settings) != str(PROJECT_DIR):
        (settings.target_path / PARTIAL_PARSE).unlink(missing_ok=True)


def _sources() -> Iterator[Path]:
    for name in SOURCE_FILES:
        yield PROJECT_DIR / name
    for name in SOURCE_FOLDERS:
        # Folders count too: their time changes when a file in them is removed.
        yield from (PROJECT_DIR / name).rglob("*")


def _parse(settings: Settings) -> None:
    settings.target_path.mkdir(parents=True, exist_ok=True)
    _forget_other_checkout(settings)
    state = _state_of_project()
    # A reading that is killed leaves what is of this checkout, and not known to be whole.
    _state_path(settings).write_text(f"{PROJECT_DIR}\n", encoding="utf-8")
    kept = settings.target_path / PARTIAL_PARSE
    done = _run_parse(settings)
    if done.returncode != 0 and kept.is_file():
        # What dbt kept may be at fault: a macro whose page moved to another file has two for it.
        kept.unlink()
        done = _run_parse(settings)
    if done.returncode != 0:
        raise BuildError(f"The dbt project cannot be read: {_last_error(done.stdout)}")

    _state_path(settings).write_text(state, encoding="utf-8")


def _run_parse(settings: Settings) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603 - our own command line, no shell
        dbt_command(settings, "parse"),
        env=dbt_environment(settings),
        cwd=settings.home,
        capture_output=True,
        text=True,
        check=False,
    )


def _read_checkout(settings: Settings) -> str:
    """Return where the project stands that dbt read last in this home."""
    state = _state_path(settings)
    return state.read_text(encoding="utf-8").partition("\n")[0] if state.is_file() else ""


def _last_error(output: str) -> str:
    events = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    messages = [event["info"]["msg"] for event in events if event["info"]["level"] == "error"]
    text = " ".join(" ".join(messages).split())
    return text.removeprefix("Encountered an error: ") or "dbt gave no reason."
