"""An audience file as a model: SQL and page in the form of those written by hand."""

import json
import textwrap
from collections.abc import Callable, Mapping, Sequence

from sqlglot import exp

from orchestration.audiences import expressions
from orchestration.audiences.conditions import (
    ColumnCondition,
    Combined,
    Condition,
    CountCondition,
    MemberCondition,
    Negated,
)
from orchestration.audiences.declaration import AudienceFile

MARK = "{# Compiled from"
STEP = "    "
WIDTH = 90


def compiled_sql(audience: AudienceFile, file: str, columns: Mapping[str, str]) -> str:
    """Return the model of an audience."""
    return _Model(audience, columns).sql(file)


def compiled_page(audience: AudienceFile, file: str) -> str:
    """Return the page of the model."""
    description = f"{audience.description.rstrip('.')}. Compiled from {file}. One row per person."
    meta = {"title": audience.title, "owner": audience.owner}
    meta |= {"purpose": audience.purpose, "channel": audience.channel}
    if audience.priority_group:
        meta["priority_group"] = audience.priority_group
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items()]
    if audience.holdout_share:
        lines.append(f"holdout_share: {audience.holdout_share}")
    data_type = "{{ 'string' if target.type == 'spark' else 'text' }}"

    return "\n".join(
        [
            "models:",
            f"  - name: audience_{audience.name}",
            "    description: >",
            *_indented(textwrap.wrap(description, WIDTH, break_on_hyphens=False), 6),
            "    config:",
            "      meta:",
            "        audience:",
            *_indented(lines, 10),
            "    data_tests: [one_row_per_person]",
            "    columns:",
            "      - name: person_id",
            """        description: "{{ doc('person_id') }}\"""",
            f'        data_type: "{data_type}"',
            "",
        ]
    )


class _Model:
    """Collects, while conditions are written, what they read."""

    def __init__(self, audience: AudienceFile, columns: Mapping[str, str]) -> None:
        self._columns = columns
        self._days: set[int] = set()
        self._counts: list[CountCondition] = []
        self._members: list[str] = []
        self._writers: dict[type, Callable[..., list[str]]] = {
            Combined: self._combined,
            Negated: self._negated,
            ColumnCondition: self._on_column,
            CountCondition: self._on_count,
            MemberCondition: self._on_member,
        }
        self._where = self._top(audience.who)

    def sql(self, file: str) -> str:
        """Write the model."""
        # Moments come last, since counting reads them too.
        counted = [self._counting(number) for number, _ in enumerate(self._counts, start=1)]
        steps = [*self._imports(), *self._moments(), *counted, self._selection()]
        note = f"{MARK} {file};\n   change that file and run `onefold audience compile`. #}}"
        lines = [note, "-- noqa: disable=LT05", "with", "", *",\n\n".join(steps).split("\n"), ""]
        return "\n".join([*lines, "select * from selected_people", ""])

    def _imports(self) -> list[str]:
        models = {name: name for name in (expressions.VIEW, *self._counted_tables())}
        # By their full names: an audience may be called as a table is.
        models |= {f"audience_{name}": f"audience_{name}" for name in self._members}
        if self._needs_moments():
            models["current_run"] = "stg_onefold__current_run"
        return [
            # Names of models that the catalog has, none of it text of the file.
            _cte(name, [f"select * from {{{{ ref('{model}') }}}}"])  # noqa: S608
            for name, model in models.items()
        ]

    def _counted_tables(self) -> list[str]:
        found: list[str] = []
        for count in self._counts:
            found += ["events"] if count.source == "event" else ["orders"]
            found += ["order_lines"] if count.source == "bought" and count.filters else []
        return list(dict.fromkeys(found))

    def _needs_moments(self) -> bool:
        return bool(self._days or self._counts)

    def _moments(self) -> list[str]:
        if not self._needs_moments():
            return []
        days = sorted(self._days | {c.within_days for c in self._counts if c.within_days})
        columns = [f"{STEP}run_at"] + [
            f"{STEP}{{{{ dbt.dateadd('day', -{number}, 'run_at') }}}} "
            f"as {expressions.days_ago(number)}"
            for number in days
        ]
        return [_cte("moments", ["select", *_listed(columns), "", "from current_run"])]

    def _counting(self, number: int) -> str:
        count = self._counts[number - 1]
        table, moment = (
            ("events", "occurred_at") if count.source == "event" else ("orders", "ordered_at")
        )
        counted = "*"
        joins = ["cross join moments", ""]
        conditions = [f"{table}.person_id is not null", f"{table}.{moment} <= moments.run_at"]
        if count.within_days:
            border = expressions.days_ago(count.within_days)
            conditions.append(f"{table}.{moment} > moments.{border}")
        if count.source == "bought":
            conditions += ["orders.kind = 'sale'"]
            conditions += ["not orders.is_cancelled", "not orders.is_refunded"]
        if count.source == "bought" and count.filters:
            counted = "distinct orders.source_name || ':' || orders.order_id"
            joins += ["inner join order_lines"]
            joins += [f"{STEP}on orders.source_name = order_lines.source_name"]
            joins += [f"{STEP}and orders.order_id = order_lines.order_id", ""]
            conditions.append("coalesce(order_lines.quantity, 1) > 0")
        filtered = "events" if count.source == "event" else "order_lines"
        conditions += [
            expressions.written(
                exp.EQ(this=exp.column(column, table=filtered), expression=expressions.text(value))
            )
            for column, value in count.filters
        ]
        head = ["select", f"{STEP}{table}.person_id,", "", f"{STEP}count({counted}) as match_count"]
        body = [*head, "", f"from {table}", "", *joins, "where", *_joined(conditions, "and")]
        return _cte(f"matches_{number}", [*body, "", "group by 1"])

    def _selection(self) -> str:
        joins = [f"matches_{number}" for number, _ in enumerate(self._counts, start=1)]
        joins += [f"audience_{name}" for name in self._members]
        lines = ["select single_customer_view.person_id", "", "from single_customer_view", ""]
        if self._days:
            lines += ["cross join moments", ""]
        for name in joins:
            lines += [f"left outer join {name}"]
            lines += [f"{STEP}on single_customer_view.person_id = {name}.person_id", ""]
        return _cte("selected_people", [*lines, "where", *self._where])

    def _top(self, condition: Condition) -> list[str]:
        if isinstance(condition, Combined):
            return self._parts(condition, is_negated=False)
        return _indented(self._write(condition, is_negated=False), len(STEP))

    def _write(self, condition: Condition, *, is_negated: bool) -> list[str]:
        return self._writers[type(condition)](condition, is_negated=is_negated)

    def _parts(self, condition: Combined, *, is_negated: bool) -> list[str]:
        word = {"all": "and", "any": "or"}[condition.how]
        parts = [self._write(part, is_negated=is_negated) for part in condition.parts]
        lines = [*parts[0]]
        for first, *others in parts[1:]:
            lines += [f"{word} {first}", *others]
        return _indented(lines, len(STEP))

    def _combined(self, condition: Combined, *, is_negated: bool) -> list[str]:
        return ["(", *self._parts(condition, is_negated=is_negated), ")"]

    def _negated(self, condition: Negated, *, is_negated: bool) -> list[str]:
        del is_negated
        lines = self._write(condition.part, is_negated=True)
        if len(lines) == 1:
            return [f"not ({lines[0]})"]
        return ["not (", *_indented(lines, len(STEP)), ")"]

    def _on_column(self, condition: ColumnCondition, *, is_negated: bool) -> list[str]:
        if condition.days:
            self._days.add(condition.days)
        expression = expressions.on_column(condition, self._columns[condition.column])
        if is_negated and condition.operator != "known":
            expression = expressions.or_false(expression)
        return [expressions.written(expression)]

    def _on_count(self, condition: CountCondition, *, is_negated: bool) -> list[str]:
        del is_negated
        if condition not in self._counts:
            self._counts.append(condition)
        count = f"coalesce(matches_{self._counts.index(condition) + 1}.match_count, 0)"
        if condition.at_most is None:
            return [f"{count} >= {condition.at_least}"]
        if not condition.at_least:
            return [f"{count} <= {condition.at_most}"]
        return [f"{count} between {condition.at_least} and {condition.at_most}"]

    def _on_member(self, condition: MemberCondition, *, is_negated: bool) -> list[str]:
        del is_negated
        if condition.audience not in self._members:
            self._members.append(condition.audience)
        return [f"audience_{condition.audience}.person_id is not null"]


def _cte(name: str, lines: Sequence[str]) -> str:
    return "\n".join([f"{name} as (", "", *_indented(lines, len(STEP)), "", ")"])


def _listed(columns: Sequence[str]) -> list[str]:
    return [f"{column}," for column in columns[:-1]] + [columns[-1]]


def _joined(conditions: Sequence[str], word: str) -> list[str]:
    first, *others = conditions
    return [f"{STEP}{first}", *(f"{STEP}{word} {other}" for other in others)]


def _indented(lines: Sequence[str], width: int) -> list[str]:
    return [" " * width + line if line else line for line in lines]
