"""`onefold explain`: why two records or identifiers are one person, or why not."""

from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.cli.console import AsJson, out, show_json

if TYPE_CHECKING:
    from orchestration.identity.explanation import Explanation, Link, Obstacle

REFERENCE = "crm:C0012, crm:contact:C0012, email:x@y.z, phone:+79161234567 or person:p000000000001."


def explain(
    first: Annotated[str, typer.Argument(metavar="A", help=REFERENCE)],
    second: Annotated[
        str | None, typer.Argument(metavar="B", help="Written like A; without it, A's person.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say why two records or identifiers are one person, or what keeps them apart."""
    from orchestration.identity.explanation import explain as find_explanation
    from orchestration.settings import get_settings

    explanation = find_explanation(get_settings().published_path, first, second)
    if as_json:
        show_json(explanation.as_json())
    elif second is None:
        _show_person(explanation)
    else:
        _show_relation(explanation)


def _show_person(explanation: "Explanation") -> None:
    if not explanation.person_ids:
        out.print("Several people share this; it belongs to none of them.", markup=False)
        return
    for person_id in explanation.person_ids:
        records = [r for r in explanation.records if r.person_id == person_id]
        out.print(f"Person {person_id}: {len(records)} records.", markup=False)
        for record in records:
            out.print(f"  {record.key}", markup=False)
    for link in explanation.links:
        out.print(f"  {link_sentence(link)}", markup=False)


def _show_relation(explanation: "Explanation") -> None:
    if explanation.same_person:
        out.print(f"One person: {explanation.person_ids[0]}.", markup=False)
        for link in explanation.links:
            out.print(f"  {link_sentence(link)}", markup=False)
        return
    out.print("Not one person.", markup=False)
    for obstacle in explanation.obstacles:
        out.print(f"  {obstacle_sentence(obstacle)}", markup=False)


def link_sentence(link: "Link") -> str:
    """Say in words what ties two records."""
    shared = f", both with {masked(link.identifier_id)}" if link.identifier_id else ""
    when = f", first seen {link.seen_at:%Y-%m-%d}" if link.seen_at else ""
    rule = "a steward decided so" if link.rule == "steward" else link.rule.replace("_", " ")
    return f"{link.left_key} and {link.right_key}: {rule}{shared}{when}."


def obstacle_sentence(obstacle: "Obstacle") -> str:
    """Say in words what keeps two people apart."""
    shared = f" (both with {masked(obstacle.identifier_id)})" if obstacle.identifier_id else ""
    return f"{obstacle.reason}{shared}."


def masked(identifier_id: str) -> str:
    """Hide the middle of a contact: whoever explains a merge need not read the address."""
    identifier_type, _, value = identifier_id.partition(":")
    if identifier_type == "email":
        local_part, _, domain = value.partition("@")
        return f"e-mail {local_part[:1]}…@{domain}"
    if identifier_type == "phone":
        return f"phone {value[:2]}…{value[-2:]}"
    return f"{identifier_type.replace('_', ' ')} {value}"
