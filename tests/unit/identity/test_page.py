"""The page of an explanation: safe with any data, complete in itself, always the same."""

import re
from html.parser import HTMLParser
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from orchestration.identity.explanation import explain, published_identity
from orchestration.identity.page.layout import layout
from orchestration.identity.page.rendering import page
from orchestration.wording.catalogue import Catalogue
from tests.unit.identity.published import Published

HOSTILE = "</title></svg><script>alert('x')</script><img src=x onerror=\"alert(1)\">\x1b[31m\u202e"
SVG = "{http://www.w3.org/2000/svg}"
EMAIL = "email:anna.lind@nord.example"
VOID = {"meta", "br", "img", "link", "input"}


class Elements(HTMLParser):
    """The elements of a page, as a browser sees them, and the rows of its tables."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.rows: list[list[str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append(tag)
        self.attributes += attributes
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag == "td":
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        """Close an element, which has to be the last that was opened."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note the text of a cell."""
        if {"td", "code"} & set(self.open[-2:]) and self.rows:
            self.rows[-1][-1] += data.strip()


@pytest.fixture
def published(tmp_path: Path) -> Published:
    """An empty file, to be filled."""
    return Published(tmp_path / "onefold.duckdb")


def drawn(published: Published, *references: str, language: str = "en") -> str:
    """Write the file where it is not there yet, and return the page about one or two references."""
    if not published.path.is_file():
        published.write()
    with published_identity(published.path) as connection:
        answer = explain(connection, *references)
        return page(connection, answer, Catalogue(language))  # type: ignore[arg-type]


def picture(text: str) -> ElementTree.Element:
    """Return the drawing, which is read as strictly as XML."""
    return ElementTree.fromstring(re.findall(r"<svg.*?</svg>", text, re.DOTALL)[0])  # noqa: S314


def with_class(text: str, name: str) -> list[ElementTree.Element]:
    """Return the groups of the drawing that have a class."""
    return [g for g in picture(text).iter(f"{SVG}g") if name in (g.get("class") or "").split()]


def family(published: Published) -> None:
    """Anna's chain of three records with a spare link, Peter on her phone, and a junk value."""
    published.person("p000000000001", "crm:contact:C1", "pos:receipt:T1", "web:cookie:a1")
    published.person("p000000000002", "crm:contact:C2")
    published.link("crm:contact:C1", "pos:receipt:T1", "same_email_without_name", EMAIL)
    published.link("pos:receipt:T1", "web:cookie:a1", "seen_on_cookie", "user_id:U1")
    published.link(
        "crm:contact:C1", "pos:receipt:T1", "same_phone_without_name", "phone:+79161234567"
    )
    published.link(
        "crm:contact:C1", "crm:contact:C2", "shared_identifier", "phone:+79161234567",
        "veto: the first names contradict each other",
    )  # fmt: skip
    published.link(
        "crm:contact:C2", "email:noreply@shop.example", "shared_identifier",
        "email:noreply@shop.example", "junk: role or test mailbox",
    )  # fmt: skip


def test_hostile_values_stay_text(published: Published) -> None:
    """Whatever stands in a file, no element, attribute or control character comes of it."""
    one, other = f"crm:contact:{HOSTILE}1", f"pos:{HOSTILE}:{HOSTILE}2"
    published.person("p000000000001", one, other)
    published.person(HOSTILE, f"{HOSTILE.replace(':', '')}:x:3")
    published.link(one, other, HOSTILE, f"email:a@{HOSTILE}")
    published.link(
        one, f"{HOSTILE.replace(':', '')}:x:3", "steward", HOSTILE, f"{HOSTILE}: {HOSTILE}"
    )
    published.link(one, f"email:{HOSTILE}", "shared_identifier", f"email:{HOSTILE}", HOSTILE)

    text = drawn(published, f"crm:{HOSTILE}1")

    elements = Elements(text)
    assert elements.open == []
    assert not {"script", "img", "iframe", "object", "embed", "form", "a"} & set(elements.tags)
    assert [name for name, _ in elements.attributes if name.startswith("on")] == []
    assert {"\x1b", "\u202e"}.isdisjoint(text)
    assert picture(text) is not None


def test_nothing_comes_from_elsewhere(published: Published) -> None:
    """No address, no script; the browser is told to fetch nothing either."""
    family(published)
    text = drawn(published, "crm:C1", "web:a1")

    elements = Elements(text)
    assert not {"script", "link", "img"} & set(elements.tags)
    assert [name for name, _ in elements.attributes if name in {"src", "href", "srcset"}] == []
    assert re.findall(r"https?://[^\"]+", text.replace("http://www.w3.org/2000/svg", "")) == []
    assert "url(" not in text
    assert "@import" not in text
    assert "default-src 'none'" in text.replace("&#39;", "'")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_same_data_give_the_same_page(published: Published, language: str) -> None:
    """To the byte."""
    family(published)

    first = drawn(published, "crm:C1", "crm:C2", language=language)

    assert drawn(published, "crm:C1", "crm:C2", language=language) == first
    assert f'<html lang="{language}">' in first


def test_the_chain_is_marked_and_the_rest_is_told_apart(published: Published) -> None:
    """Two links lead from the contact to the cookie; one is spare, one was not used."""
    family(published)
    text = drawn(published, "crm:C1", "web:a1")

    lines = [group.get("class") for group in with_class(text, "line")]
    assert sorted(str(found).split()[-1] for found in lines) == [
        "role-chain",
        "role-chain",
        "role-spare",
        "role-unused",
    ]
    assert len(with_class(text, "asked")) == 2
    assert len(with_class(text, "foreign")) == 1


def test_table_and_drawing_say_the_same(published: Published) -> None:
    """Each line has its number and its reason on hover, and its row with both."""
    family(published)
    text = drawn(published, "crm:C1", "crm:C2")

    rows = {row[0]: row for row in Elements(text).rows if len(row) == 7}
    titles = [group.find(f"{SVG}title") for group in with_class(text, "line")]
    told = dict(str(title.text).split(". ", 1) for title in titles if title is not None)
    assert set(rows) == set(told)
    assert len(rows) == 5
    for number, row in rows.items():
        assert row[1] in told[number]
        assert row[2] in told[number]
        assert row[6].removeprefix("no: ") in told[number] or row[6].startswith("yes")
    assert {row[6] for row in rows.values()} >= {
        "no: contradiction: the first names contradict each other",
        "no: meaningless value: role or test mailbox",
    }


def test_contacts_are_masked(published: Published) -> None:
    """Neither the drawing, nor hovering, nor the tables show an address or a number."""
    family(published)
    text = drawn(published, "crm:C1", "crm:C2")

    assert "a…@nord.example" in text
    for value in ("anna.lind", "9161234567", "noreply@"):
        assert value not in text


def test_what_nobody_has_worded_is_drawn_all_the_same(published: Published) -> None:
    """A new source, type, rule and reason are shown as the warehouse has them."""
    published.person("p1", "kiosk:badge:K1", "kiosk:badge:K2", "kiosk:badge:K3")
    published.link("kiosk:badge:K1", "kiosk:badge:K2", "same_tax_office", "tax_id:4711")
    published.link("kiosk:badge:K2", "kiosk:badge:K3", "similar_shoes", None, "too_late")

    text = drawn(published, "person:p1", language="ru")

    for words in ("badge K1 (kiosk)", "same tax office", "tax id 4711", "too_late"):
        assert words in text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Not shown here: 140 records, 199 pieces of evidence."),
        ("ru", "Здесь не показано: 140 записей, 199 связей."),
    ],
)
def test_of_many_records_sixty_are_drawn(published: Published, language: str, said: str) -> None:
    """The nearest ones; one sentence tells of the rest."""
    keys = [f"shop:order:O{number:03}" for number in range(199)]
    published.person("p1", "shop:customer:U1", *keys)
    for key in keys:
        published.link("shop:customer:U1", key, "same_id", "user_id:U1")
    for one, other in pairwise(keys):
        published.link(one, other, "same_id", "user_id:U1")

    text = drawn(published, "shop:U1", language=language)

    assert len(with_class(text, "node")) == 60
    shown = int(re.findall(r"(\d+) (?:pieces|связ)", text)[0])
    total = 199 + 198
    assert said.replace("199", str(total - shown)) in text


def test_two_people_have_a_frame_each(published: Published) -> None:
    """Every record of the two is within the frame of its person, and the frames do not meet."""
    family(published)
    frames = []
    for group in with_class(drawn(published, "crm:C1", "crm:C2"), "frame"):
        rect = group.find(f"{SVG}rect")
        assert rect is not None
        x, y, width, height = (float(rect.get(n, "")) for n in ("x", "y", "width", "height"))
        frames.append((x, y, x + width, y + height))

    (left, *_, right, _), other = frames
    assert left < right < other[0]


@pytest.mark.parametrize(
    "pairs",
    [
        [("0", str(n)) for n in range(1, 60)],
        [(str(n), str(n + 1)) for n in range(59)],
        list(combinations([str(n) for n in range(60)], 2)),
        [],
    ],
    ids=["star", "path", "everything with everything", "nothing"],
)
def test_no_two_nodes_share_a_cell(pairs: list[tuple[str, str]]) -> None:
    """So that no label covers another."""
    places = layout([[str(n) for n in range(60)]], pairs)

    assert len(places) == 60
    for (x, y), (other_x, other_y) in combinations(places.values(), 2):
        assert max(abs(x - other_x), abs(y - other_y)) >= 0.999
