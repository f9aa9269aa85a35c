"""Audience files and what is compiled from them, in one copy of the project."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from orchestration.audiences.catalog import Catalog, declares_audience, read_channels, read_columns
from orchestration.audiences.conditions import Combined, Condition, MemberCondition, Negated
from orchestration.audiences.declaration import NAME, AudienceFile, read_audience
from orchestration.audiences.models import MARK, compiled_page, compiled_sql
from orchestration.audiences.nodes import AudienceError

FOLDER = "audiences"
MODELS = "models/marts/audiences"
PREFIX = "audience_"
# Any other name of a file might steer a terminal.
SHOWABLE = re.compile(r"[\w .-]{1,80}")
NAMES = "macros/audiences/compiled_audience_names.sql"


@dataclass(frozen=True)
class Outcome:
    """What a compilation did; paths from the root of the project."""

    audiences: list[str]
    written: list[str]
    removed: list[str]


def compile_audiences(project: Path) -> Outcome:
    """Write the models of all audience files, and remove those whose file is gone.

    Raises:
        AudienceError: with file and line, a file cannot be compiled; then nothing is written.
    """
    wanted = _wanted(project)
    changed = _changed(project, wanted)
    orphans = _orphans(project, wanted)
    for path in changed:
        (project / path).write_text(wanted[path], encoding="utf-8")
    for path in orphans:
        (project / path).unlink()

    return Outcome(sorted(_sources(project)), changed, orphans)


def find_drift(project: Path) -> list[str]:
    """Return the compiled files that are not what the audience files say.

    Raises:
        AudienceError: with file and line, a file cannot be compiled.
    """
    wanted = _wanted(project)
    return _changed(project, wanted) + _orphans(project, wanted)


def _changed(project: Path, wanted: dict[str, str]) -> list[str]:
    return sorted(path for path, text in wanted.items() if _text(project / path) != text)


def _orphans(project: Path, wanted: dict[str, str]) -> list[str]:
    compiled = [path for path in _models(project) if _is_compiled(path)]
    pairs = [path.with_suffix(suffix) for path in compiled for suffix in (".sql", ".yml")]
    found = [path.relative_to(project).as_posix() for path in pairs if path.is_file()]
    return sorted(path for path in found if path not in wanted)


def _wanted(project: Path) -> dict[str, str]:
    """Return the text of every compiled file, by its path."""
    sources = _sources(project)
    columns = read_columns(project)
    names = frozenset(_by_hand(project)) | frozenset(sources)
    catalog = Catalog(columns, names, read_channels(project))
    audiences = [
        read_audience(name, _shown(path), _content(path), catalog) for name, path in sources.items()
    ]
    _refuse_circles({audience.name: audience for audience in audiences}, sources)

    wanted = {NAMES: _names_macro(list(sources))}
    for audience in audiences:
        file = _shown(sources[audience.name])
        model = f"{MODELS}/{PREFIX}{audience.name}"
        wanted[f"{model}.sql"] = compiled_sql(audience, file, columns)
        wanted[f"{model}.yml"] = compiled_page(audience, file)
    return wanted


def _sources(project: Path) -> dict[str, Path]:
    """Return the audience files by name of the audience."""
    found: dict[str, Path] = {}
    for path in sorted((project / FOLDER).glob("*")):
        if not fnmatch(path.name.lower(), "*.y*ml"):
            continue
        name = path.stem
        if not NAME.fullmatch(name) or path.suffix not in {".yml", ".yaml"}:
            file = _shown(path) if SHOWABLE.fullmatch(path.name) else f"A file in {FOLDER}/"
            raise AudienceError(
                f"{file} has a name that is none of an audience: it must begin with a letter, be "
                "of at most 40 lower-case letters, digits and underscores, and end with .yml."
            )
        model = project / MODELS / f"{PREFIX}{name}.sql"
        if name in found or (model.is_file() and not _is_compiled(model)):
            raise AudienceError(
                f"{_shown(path)}, line 1: there is another audience of this name, or a model; "
                "choose another one."
            )
        found[name] = path
    return found


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise AudienceError(
            f"{_shown(path)}, line 1: this cannot be read as a file ({error.strerror})."
        ) from None


def _by_hand(project: Path) -> Iterator[str]:
    for path in _models(project):
        page = path.with_suffix(".yml")
        if not _is_compiled(path) and page.is_file() and declares_audience(page):
            yield path.stem.removeprefix(PREFIX)


def _refuse_circles(audiences: dict[str, AudienceFile], sources: dict[str, Path]) -> None:
    """Refuse an audience whose members hang on its own members."""
    settled: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        for membership in _memberships(audiences[name].who):
            following = membership.audience
            if following in (*path, name):
                place = f"{_shown(sources[name])}, line {membership.line}"
                raise AudienceError(
                    f"{place}: membership of {following} hangs on this audience itself."
                )
            if following in audiences and following not in settled:
                visit(following, (*path, name))
        settled.add(name)

    for name in audiences:
        visit(name, ())


def _memberships(condition: Condition) -> Iterator[MemberCondition]:
    if isinstance(condition, MemberCondition):
        yield condition
    elif isinstance(condition, Negated):
        yield from _memberships(condition.part)
    elif isinstance(condition, Combined):
        for part in condition.parts:
            yield from _memberships(part)


def _names_macro(names: list[str]) -> str:
    listed = "".join(f"        '{name}',\n" for name in sorted(names))
    return (
        f"{MARK} {FOLDER}/ by `onefold audience compile`. #}}\n"
        "{% macro compiled_audience_names() %}\n"
        f"    {{{{ return([\n{listed}    ]) }}}}\n"
        "{% endmacro %}\n"
    )


def _models(project: Path) -> list[Path]:
    return sorted((project / MODELS).glob(f"{PREFIX}*.sql"))


def _is_compiled(path: Path) -> bool:
    return (_text(path) or "").startswith(MARK)


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _shown(path: Path) -> str:
    return f"{FOLDER}/{path.name}"
