"""Whatever is said to people is said in every language, and in the language's own forms."""

import csv
import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from orchestration.settings import PROJECT_DIR
from orchestration.wording.catalogue import LANGUAGES, Catalogue

CATALOGUES = PROJECT_DIR / "orchestration" / "wording" / "catalogues"
METHODS = [("**.py", "python"), ("**.jinja", "jinja2.ext:babel_extract")]
OPTIONS = {"**.jinja": {"newstyle_gettext": "true", "silent": "false"}}

IDENTITY_SQL = [
    path.read_text(encoding="utf-8")
    for folder in ("models/intermediate/identity", "macros/identity")
    for path in (PROJECT_DIR / folder).rglob("*.sql")
]
REASON = re.compile(r"'([a-z ]+): ([^']*)'")


def catalogue(language: str) -> Catalog:
    """Return a catalogue as its file has it."""
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def sentences() -> list[str | tuple[str, ...]]:
    """Return every sentence of the code and the templates, with its plural."""
    found = extract_from_dir(PROJECT_DIR / "orchestration", METHODS, OPTIONS)
    return [message for _, _, message, _, context in found if context is None]


def written_in_sql(pattern: str) -> set[str]:
    """Return what models and macros of identity have at a pattern."""
    return {found for text in IDENTITY_SQL for found in re.findall(pattern, text)}


def seed_column(name: str, column: str) -> set[str]:
    """Return the values of a seed's column."""
    with (PROJECT_DIR / "seeds" / "identity" / f"{name}.csv").open(encoding="utf-8") as file:
        return {row[column] for row in csv.DictReader(file)}


def codes() -> Iterator[tuple[str, str]]:
    """Return every code that the house itself puts into published tables, with its kind."""
    for source_name, record_type in re.findall(
        r"source_record\('(\w+)', '(\w+)'", "".join(IDENTITY_SQL)
    ):
        yield from (("source", source_name), ("record type", record_type))
    yield from (
        ("identifier type", code) for code in seed_column("identifier_types", "identifier_type")
    )
    yield from (("rule", code) for code in seed_column("match_rules", "rule"))
    yield from (("rule", code) for code in written_in_sql(r"'(\w+)' as rule"))
    yield from (("rule", code) for code in ("steward", "shared_identifier"))
    yield from (("obstacle", kind) for text in IDENTITY_SQL for kind, _ in REASON.findall(text))


def details() -> set[str]:
    """Return every reason that the house itself gives, in the English of the published tables."""
    reasons = {detail for text in IDENTITY_SQL for _, detail in REASON.findall(text) if detail}
    seeds = seed_column("junk_values", "reason") | seed_column("junk_patterns", "reason")
    obstacle = "no evidence ties their records to each other"
    junk = PROJECT_DIR / "models/intermediate/identity/int_identity__junk_identifiers.sql"
    found_in_sql = set(re.findall(r"'([^']+)' as reason", junk.read_text(encoding="utf-8")))
    return reasons | seeds | found_in_sql | {obstacle}


def missing(language: str, kind: str | None, message: str | tuple[str, ...]) -> list[object]:
    """Return the message if it has no translation, or lacks one of its forms."""
    single = message if isinstance(message, str) else message[0]
    found = catalogue(language).get(single, context=kind)
    if found is None or found.fuzzy:
        return [(kind, message)]
    said = forms(found.string)
    wanted = catalogue(language).num_plurals if isinstance(message, tuple) else 1
    return [] if len(said) == wanted and all(said) else [(kind, message)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_words(language: str) -> None:
    """Sources, types, rules and kinds of reasons are worded in every language."""
    found = set(codes())

    assert len(found) > 40
    assert [code for kind, code in sorted(found) if missing(language, kind, code)] == []


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_every_sentence_is_translated(language: str) -> None:
    """English stands in the code; whoever adds a sentence adds its translations."""
    wanted = [(None, sentence) for sentence in sentences()]
    wanted += [("detail", detail) for detail in sorted(details())]

    assert len(sentences()) > 10
    assert len(details()) > 15
    assert [message for kind, message in wanted if missing(language, kind, message)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_values(language: str) -> None:
    """A translation that lost a value, or made one up, would fail when it is used."""
    lost = [
        form
        for message in catalogue(language)
        if message.id and not message.context
        for form in forms(message.string)
        if values_in(form) != values_in(forms(message.id)[-1])
    ]

    assert lost == []


def forms(text: str | list[str] | tuple[str, ...]) -> list[str]:
    """Return a text's plural forms, or the one it has."""
    return [text] if isinstance(text, str) else list(text)


def values_in(text: str) -> set[str]:
    """Return the places for values."""
    return set(re.findall(r"%\(\w+\)\w", text))


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "1 запись"), (2, "2 записи"), (5, "5 записей"), (11, "11 записей"), (21, "21 запись")],
)
def test_russian_counts_have_three_forms(count: int, said: str) -> None:
    """One, few and many, and eleven is many."""
    sentence = Catalogue("ru").ngettext(
        "Person %(person)s: %(count)d record.",
        "Person %(person)s: %(count)d records.",
        count,
        person="p1",
    )

    assert sentence == f"Человек p1: {said}."


def test_times_are_said_in_the_language() -> None:
    """Months have names, and Russian ones stand in the genitive."""
    noon = datetime(2026, 3, 1, 12, 5)  # noqa: DTZ001 - published times have no zone

    assert Catalogue("en").moment(noon) == "1 March 2026, 12:05 UTC"
    assert Catalogue("ru").moment(noon) == "1 марта 2026, 12:05 UTC"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_nobody_has_worded_is_shown_as_it_is(language: str) -> None:
    """Rules, sources and reasons are the user's to add; an explanation never fails for them."""
    words = Catalogue(language)  # type: ignore[arg-type]

    assert words.term("rule", "same_tax_office") == "same tax office"
    assert words.text("detail", "on the list of the shop_7") == "on the list of the shop_7"
