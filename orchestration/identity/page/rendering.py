"""The page of an explanation, written from templates that escape whatever they are given."""

import duckdb
from jinja2 import Environment, PackageLoader, StrictUndefined

from orchestration.identity.explanation import Explanation
from orchestration.identity.page.captions import Captions
from orchestration.identity.page.drawing import LABEL_LENGTH, VALUE_SHAPE, draw
from orchestration.identity.sentences import printable
from orchestration.identity.surroundings import Role, surroundings
from orchestration.statements import statement
from orchestration.wording.catalogue import Catalogue


def page(
    connection: duckdb.DuckDBPyConnection, explanation: Explanation, catalogue: Catalogue
) -> str:
    """Return an HTML page that needs nothing but itself; the same data give the same page."""
    around = surroundings(connection, explanation)
    asked = {record.key for record in explanation.records} if explanation.is_relation else set()
    [run] = connection.execute(statement(__package__, "published_run")).fetchall()
    template = _environment(catalogue).get_template("page.html.jinja")
    return template.render(
        language=catalogue.language,
        say=Captions(catalogue, around),
        explanation=explanation,
        drawing=draw(around, explanation.person_ids, asked),
        roles=Role,
        value_shape=VALUE_SHAPE,
        run=run,
    )


def _environment(catalogue: Catalogue) -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__ or ""),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.globals["_"] = catalogue.gettext
    environment.filters["shortened"] = _shortened
    return environment


def _shown(value: object) -> object:
    return printable(value) if isinstance(value, str) else value


def _shortened(text: str) -> str:
    return text if len(text) <= LABEL_LENGTH else f"{text[: LABEL_LENGTH - 1]}…"
