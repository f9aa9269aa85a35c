"""An audience file as a whole: what it declares, and whom it means."""

import re
from dataclasses import dataclass

from orchestration.audiences.catalog import Catalog
from orchestration.audiences.conditions import Condition, ConditionReader, refuse_others
from orchestration.audiences.nodes import CONTROL, Node, read_file

REQUIRED = ("title", "owner", "purpose", "channel", "who")
OPTIONAL = ("description", "holdout_share", "priority_group")
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
LONGEST_TITLE = 60
LONGEST_DESCRIPTION = 500
TEMPLATE = re.compile(r"\{[{%#]")


@dataclass(frozen=True)
class AudienceFile:
    """What one file declares."""

    name: str
    title: str
    owner: str
    description: str
    purpose: str
    channel: str
    holdout_share: str | None
    priority_group: str | None
    who: Condition


def read_audience(name: str, file: str, data: bytes, catalog: Catalog) -> AudienceFile:
    """Read and check an audience file.

    Args:
        name: Of the audience.
        file: Path for messages.
        data: What the file holds.
        catalog: What there is to speak of.

    Raises:
        AudienceError: with file and line, the file cannot be used.
    """
    root = read_file(file, data)
    entries = root.mapping("an audience file")
    refuse_others(entries, (*REQUIRED, *OPTIONAL))
    for key in REQUIRED:
        if key not in entries:
            root.fail(f"{key} is missing")
    title = _told(entries["title"], "title", LONGEST_TITLE)
    described = entries.get("description")

    return AudienceFile(
        name=name,
        title=title,
        owner=_told(entries["owner"], "owner", LONGEST_TITLE),
        description=_told(described, "description", LONGEST_DESCRIPTION) if described else title,
        purpose=_name(entries["purpose"], "purpose"),
        channel=_channel(entries["channel"], catalog),
        holdout_share=_share(entries["holdout_share"]) if "holdout_share" in entries else None,
        priority_group=(
            _name(entries["priority_group"], "priority_group")
            if "priority_group" in entries
            else None
        ),
        who=ConditionReader(catalog).read(entries["who"]),
    )


def _told(node: Node, what: str, longest: int) -> str:
    kind, given = node.scalar(what)
    text = " ".join(given.split())
    if kind != "str" or not text or CONTROL.search(text):
        node.fail(f"{what} must be text without control characters")
    if len(text) > longest:
        node.fail(f"{what} is longer than {longest} characters")
    if TEMPLATE.search(text):
        node.fail(f"{what} has a brace before {{, % or #, which dbt would take for a template")
    return text


def _name(node: Node, what: str) -> str:
    text = node.text(what)
    if not NAME.fullmatch(text):
        node.fail(f"{what} must be a name of lower-case letters, digits and underscores")
    return text


def _channel(node: Node, catalog: Catalog) -> str:
    channel = _name(node, "channel")
    if channel not in catalog.channels:
        node.fail(f"there is no channel {channel}; there are {', '.join(sorted(catalog.channels))}")
    return channel


def _share(node: Node) -> str:
    kind, text = node.scalar("holdout_share")
    if kind not in {"int", "float"} or not re.fullmatch(r"0|1|0?\.\d{1,4}|1\.0{1,4}", text):
        node.fail("holdout_share must be a number from 0 to 1")
    return text
