"""Conditions as SQL expressions: built as trees, never pasted together from the file's text."""

import re
from collections.abc import Mapping

import sqlglot
from sqlglot import exp

from orchestration.audiences.conditions import ColumnCondition, Value

DIALECT = "duckdb"
VIEW = "single_customer_view"

COMPARISONS: Mapping[str, type[exp.Binary]] = {
    "is": exp.EQ,
    "above": exp.GT,
    "at_least": exp.GTE,
    "below": exp.LT,
    "at_most": exp.LTE,
}
# dbt renders these wherever they stand in a model, also within a text.
JINJA = re.compile(r"(?<=\{)(?=[{%#])")
QUOTED = re.compile(r"('(?:[^']|'')*')")


def on_column(condition: ColumnCondition, kind: str) -> exp.Expr:
    """Return what a condition asks of a column of the view."""
    column = exp.column(condition.column, table=VIEW)
    if condition.operator == "known":
        missing = exp.Is(this=column, expression=exp.null())
        return exp.not_(missing) if condition.values[0].text == "true" else missing
    if condition.days:
        return _on_moment(condition, column, kind)

    compared = exp.cast(column, "date") if kind == "timestamp" else column
    literals = [literal(value) for value in condition.values]
    if condition.operator == "in":
        return exp.In(this=compared, expressions=literals)
    return COMPARISONS[condition.operator](this=compared, expression=literals[0])


def _on_moment(condition: ColumnCondition, column: exp.Column, kind: str) -> exp.Expr:
    def moment(name: str) -> exp.Expr:
        found = exp.column(name, table="moments")
        return exp.cast(found, "date") if kind == "date" else found

    border = moment(days_ago(condition.days))
    if condition.operator == "before_last_days":
        return exp.LTE(this=column, expression=border)
    since = exp.GT(this=column, expression=border)
    until = exp.LTE(this=column.copy(), expression=moment("run_at"))
    return exp.paren(exp.and_(since, until))


def days_ago(days: int) -> str:
    """Return the column of `moments` that lies so many days before the run."""
    return f"days_ago_{days}"


def literal(value: Value) -> exp.Expr:
    """Return a value as SQL, whatever signs it has."""
    if value.kind == "number":
        return exp.Literal.number(value.text)
    if value.kind == "boolean":
        return exp.Boolean(this=value.text == "true")
    if value.kind in {"date", "timestamp"}:
        return exp.cast(exp.Literal.string(value.text), "date")
    return text(value.text)


def text(value: str) -> exp.Expr:
    """Return a text in quotes, in pieces where dbt would take it for a template."""
    first, *others = (exp.Literal.string(piece) for piece in JINJA.split(value))
    joined: exp.Expr = first
    for piece in others:
        joined = exp.DPipe(this=joined, expression=piece)
    return joined


def or_false(expression: exp.Expr) -> exp.Expr:
    """Return an expression that is false where the column is unknown, so that it can be negated."""
    return exp.Coalesce(this=expression, expressions=[exp.false()])


def written(expression: exp.Expr) -> str:
    """Write an expression as the house does: all that is no text in lower case.

    Raises:
        ValueError: it does not read back as the same tree, or dbt would take it for a template.
    """
    sql = expression.sql(dialect=DIALECT)
    lowered = "".join(part if part.startswith("'") else part.lower() for part in QUOTED.split(sql))
    if sqlglot.parse_one(lowered, dialect=DIALECT).sql(dialect=DIALECT) != sql:
        raise ValueError("An expression does not read back as it was meant.")
    if JINJA.search(lowered):
        raise ValueError("An expression would be taken for a template.")
    return lowered
