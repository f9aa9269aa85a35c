"""The drawing of a graph: nodes, lines and what they say, in the units of the picture."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from orchestration.identity.evidence import Link
from orchestration.identity.page.layout import Place, layout
from orchestration.identity.references import SourceRecord
from orchestration.identity.surroundings import Role, Surroundings

# A cell holds a node and three lines below it, as long as LABEL_LENGTH.
CELL = (150.0, 92.0)
MARGIN = (90.0, 54.0)
LABEL_LENGTH = 20
NARROWEST = 640.0
# A wider drawing is scrolled where the page is narrower, not made as small as the page.
WIDEST_SHRUNK = 1440.0
# How far lines between the same two nodes bulge, and where along a line its number may stand.
BULGE = 26.0
NUMBER_PLACES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73)
NUMBER_SIZE = 18.0
# Beyond so many lines, those that nothing depends on go without a number.
MOST_NUMBERS = 30

# The sources that come with onefold always look the same; others follow, in the order of names.
SOURCES = ("crm", "pos", "shop", "web", "service", "survey")
SHAPES = (
    "M-12 0a12 12 0 1 0 24 0a12 12 0 1 0-24 0z",
    "M-11-11H11V11H-11z",
    "M0-14L14 0L0 14L-14 0z",
    "M0-14L14 11H-14z",
    "M-7-12H7L14 0L7 12H-7L-14 0z",
    "M0-14L14-3L9 12H-9L-14-3z",
)
VALUE_SHAPE = "M-9-9L9 9M-9 9L9-9"
COLOURS = 8

# Middle, width and height.
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Look:
    """How a source or a rule is drawn: the number of its colour, and for a source its shape."""

    name: str
    colour: int
    shape: str = ""


@dataclass(frozen=True)
class Node:
    """A record, or a value that links nobody."""

    key: str
    x: float
    y: float
    look: Look
    record: SourceRecord | None
    is_asked: bool
    is_foreign: bool


@dataclass(frozen=True)
class Line:
    """A piece of evidence, numbered as in the table."""

    number: int
    link: Link
    role: Role
    look: Look
    path: str
    number_x: float
    number_y: float
    has_number: bool


@dataclass(frozen=True)
class Frame:
    """The ground under the records of a person."""

    person_id: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Drawing:
    """All of it."""

    width: float
    height: float
    frames: list[Frame]
    nodes: list[Node]
    lines: list[Line]
    sources: list[Look]
    rules: list[Look]

    @property
    def is_wide(self) -> bool:
        """Whether its labels would be too small in the width of a page."""
        return self.width > WIDEST_SHRUNK

    @property
    def has_values(self) -> bool:
        """Whether values that link nobody are among the nodes."""
        return any(node.record is None for node in self.nodes)


def draw(around: Surroundings, person_ids: list[str], asked: set[str]) -> Drawing:
    """Draw what lies around an explanation about some people."""
    blocks = _blocks(around, person_ids)
    cells = layout(blocks, [link.ends for link in around.links])
    places = _in_units(cells)
    width = max(x for x, _ in places.values()) + MARGIN[0]
    height = max(y for _, y in places.values()) + CELL[1] - 22

    sources = _source_looks(around.records)
    rules = _rule_looks(around.links)
    records = {record.key: record for record in around.records}
    nodes = [
        Node(
            key,
            *places[key],
            look=sources[records[key].source_name] if key in records else Look("", 0, VALUE_SHAPE),
            record=records.get(key),
            is_asked=key in asked,
            is_foreign=key in records and records[key].person_id not in person_ids,
        )
        for key in places
    ]
    return Drawing(
        width=width,
        height=height,
        frames=list(_frames(around.records, person_ids, places)),
        nodes=nodes,
        lines=list(_lines(around, rules, places)),
        sources=list(sources.values()),
        rules=list(rules.values()),
    )


def _blocks(around: Surroundings, person_ids: list[str]) -> list[list[str]]:
    """Put what belongs to nobody between the people, and the records of others behind them."""
    of_person: dict[str | None, list[str]] = defaultdict(list)
    for record in around.records:
        owner = record.person_id if record.person_id in person_ids or not record.person_id else ""
        of_person[owner].append(record.key)
    first, *rest = [of_person[person_id] for person_id in person_ids] or [[]]
    return [first, [*of_person[None], *around.values], *rest, of_person[""]]


def _in_units(cells: dict[str, Place]) -> dict[str, Place]:
    widest = max(x for x, _ in cells.values()) * CELL[0] + 2 * MARGIN[0]
    left = MARGIN[0] + max(0.0, NARROWEST - widest) / 2
    return {
        key: (round(left + x * CELL[0], 1), round(MARGIN[1] + y * CELL[1], 1))
        for key, (x, y) in cells.items()
    }


def _source_looks(records: list[SourceRecord]) -> dict[str, Look]:
    names = {record.source_name for record in records}
    order = [*SOURCES, *sorted(names - set(SOURCES))]
    return {
        name: Look(name, order.index(name) % COLOURS, SHAPES[order.index(name) % len(SHAPES)])
        for name in order
        if name in names
    }


def _rule_looks(links: list[Link]) -> dict[str, Look]:
    names = sorted({link.rule for link in links})
    return {name: Look(name, number % COLOURS) for number, name in enumerate(names)}


def _frames(
    records: list[SourceRecord], person_ids: list[str], places: dict[str, Place]
) -> Iterator[Frame]:
    for person_id in person_ids:
        own = [places[record.key] for record in records if record.person_id == person_id]
        if own:
            left, right = min(x for x, _ in own) - 76, max(x for x, _ in own) + 76
            top, bottom = min(y for _, y in own) - 48, max(y for _, y in own) + 58
            yield Frame(person_id, left, top, right - left, bottom - top)


def _lines(
    around: Surroundings, rules: dict[str, Look], places: dict[str, Place]
) -> Iterator[Line]:
    between = Counter(frozenset(link.ends) for link in around.links)
    drawn: Counter[frozenset[str]] = Counter()
    taken = [(x, y + 16, CELL[0] - 30, CELL[1] - 24) for x, y in places.values()]
    for number, link in enumerate(around.links, start=1):
        pair = frozenset(link.ends)
        side = drawn[pair] - (between[pair] - 1) / 2
        drawn[pair] += 1
        start, end = sorted(pair)
        curve = _curve(places[start], places[end], side * BULGE)
        x, y = _free_place(curve, taken)
        taken.append((x, y, NUMBER_SIZE, NUMBER_SIZE))
        (x0, y0), (x1, y1), (x2, y2) = curve
        path = f"M{x0:.1f} {y0:.1f}Q{x1:.1f} {y1:.1f} {x2:.1f} {y2:.1f}"
        role = around.role(link)
        has_number = role != Role.SPARE or len(around.links) <= MOST_NUMBERS
        yield Line(number, link, role, rules[link.rule], path, round(x, 1), round(y, 1), has_number)


def _curve(start: Place, end: Place, bulge: float) -> tuple[Place, Place, Place]:
    """Bend a line to one side, by its middle; every line is bent a little, so that none hides."""
    x, y = end[0] - start[0], end[1] - start[1]
    length = max((x * x + y * y) ** 0.5, 1.0)
    bend = 2 * (bulge + 0.04 * length) / length
    middle = (start[0] + x / 2 - y * bend, start[1] + y / 2 + x * bend)
    return start, middle, end


def _free_place(curve: tuple[Place, Place, Place], taken: list[Box]) -> Place:
    """Return the first place along a curve where a number covers nothing, or its middle."""
    for part in NUMBER_PLACES:
        x, y = (
            (1 - part) ** 2 * start + 2 * part * (1 - part) * middle + part**2 * end
            for start, middle, end in zip(*curve, strict=True)
        )
        if not any(
            abs(x - left) < (NUMBER_SIZE + width) / 2 and abs(y - top) < (NUMBER_SIZE + height) / 2
            for left, top, width, height in taken
        ):
            return x, y
    start, middle, end = curve
    return (start[0] + 2 * middle[0] + end[0]) / 4, (start[1] + 2 * middle[1] + end[1]) / 4
