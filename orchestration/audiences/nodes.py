"""YAML as nodes that know their line, so that every complaint can name it."""

import re
from dataclasses import dataclass
from typing import NoReturn

import yaml

from orchestration.errors import OnefoldError

LARGEST_FILE = 100_000
DEEPEST_NESTING = 40
# A name may be repeated in a message; any other text may be somebody's address.
TELLABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# Written as an escape (`"\ud800"`) it is YAML, but no text that a file or a warehouse could hold.
HALF_LETTER = re.compile(r"[\ud800-\udfff]")


class AudienceError(OnefoldError):
    """An audience file that cannot be compiled; the message names file and line."""


@dataclass(frozen=True)
class Node:
    """A node of a YAML file, with the file's name for messages."""

    file: str
    inner: yaml.Node
    # Where it is the value of a mapping: the key.
    key: yaml.Node | None = None

    @property
    def line(self) -> int:
        """The line it begins on, from 1."""
        return int(self.inner.start_mark.line) + 1

    def fail(self, problem: str) -> NoReturn:
        """Say what is wrong here.

        Raises:
            AudienceError: always.
        """
        raise AudienceError(f"{self.file}, line {self.line}: {problem}.")

    def fail_at_key(self, problem: str) -> NoReturn:
        """Say what is wrong with the key of this value.

        Raises:
            AudienceError: always.
        """
        Node(self.file, self.key or self.inner).fail(problem)

    def mapping(self, what: str) -> "dict[str, Node]":
        """Return the entries of a mapping.

        Raises:
            AudienceError: it is no mapping, or a key is no text or stands there twice.
        """
        if not isinstance(self.inner, yaml.MappingNode):
            self.fail(f"{what} must be keys with values")
        found: dict[str, Node] = {}
        for key_node, value_node in self.inner.value:
            key = Node(self.file, key_node).text("a key")
            if key in found:
                Node(self.file, key_node).fail(f"{told(key)} stands here twice")
            found[key] = Node(self.file, value_node, key_node)
        return found

    def items(self, what: str) -> "list[Node]":
        """Return the items of a list with at least one.

        Raises:
            AudienceError: it is no list, or an empty one.
        """
        if not isinstance(self.inner, yaml.SequenceNode) or not self.inner.value:
            self.fail(f"{what} must be a list with at least one entry")
        return [Node(self.file, item) for item in self.inner.value]

    def scalar(self, what: str) -> tuple[str, str]:
        """Return kind (str, int, float, bool, timestamp) and text of a value.

        Raises:
            AudienceError: it is a list, a mapping, or nothing, or no text that can be written.
        """
        if not isinstance(self.inner, yaml.ScalarNode):
            self.fail(f"{what} must be one value")
        kind = str(self.inner.tag).rpartition(":")[2]
        if kind == "null":
            self.fail(f"{what} is empty")
        if kind not in {"str", "int", "float", "bool", "timestamp"}:
            self.fail(f"{what} has a tag (!) or merges (<<), which is not understood here")
        if HALF_LETTER.search(self.inner.value):
            self.fail(f"{what} holds half of a letter")
        return kind, str(self.inner.value)

    def text(self, what: str) -> str:
        """Return a text of one line.

        Raises:
            AudienceError: it is something else, or has control characters.
        """
        kind, text = self.scalar(what)
        if kind != "str":
            self.fail(f"{what} must be text; write it in quotes")
        if not text.strip() or CONTROL.search(text):
            self.fail(f"{what} must be text of one line, without control characters")
        return text

    def whole_number(self, what: str, *, least: int, most: int) -> int:
        """Return a whole number within limits.

        Raises:
            AudienceError: it is something else.
        """
        kind, text = self.scalar(what)
        number = int(text) if kind == "int" and re.fullmatch(r"\d{1,9}", text) else None
        if number is None or not least <= number <= most:
            self.fail(f"{what} must be a whole number from {least} to {most}")
        return number


def told(name: str, otherwise: str = "what stands here") -> str:
    """Return a name for a message, or no more than that it is one."""
    return name if TELLABLE.fullmatch(name) else otherwise


def read_file(name: str, data: bytes) -> Node:
    """Return the root of a YAML file.

    Raises:
        AudienceError: it is no YAML that can be used.
    """
    if len(data) > LARGEST_FILE:
        raise AudienceError(f"{name}, line 1: the file is larger than {LARGEST_FILE:,} bytes.")
    try:
        text = data.decode("utf-8-sig")
        _check_events(name, text)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise AudienceError(f"{name}, line {line}: the text is no UTF-8.") from None
    except yaml.MarkedYAMLError as error:
        raise AudienceError(f"{name}, line {_line(error.problem_mark)}: this is no YAML.") from None
    except (yaml.YAMLError, ValueError, OverflowError):
        # Also of a letter by a number that none has, which PyYAML does not look at.
        raise AudienceError(f"{name}, line 1: the file has characters that YAML forbids.") from None
    if root is None:
        raise AudienceError(f"{name}, line 1: the file is empty.")
    return Node(name, root)


def _check_events(name: str, text: str) -> None:
    """Refuse what makes a short file long, deep or endless: references, and nesting."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            line = _line(event.start_mark)
            raise AudienceError(f"{name}, line {line}: references (*) are not understood here.")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST_NESTING:
            line = _line(event.start_mark)
            raise AudienceError(f"{name}, line {line}: this is nested too deeply.")


def _line(mark: object) -> int:
    """Return the line of a mark, from 1; some complaints of the parser have none."""
    return int(getattr(mark, "line", 0)) + 1
