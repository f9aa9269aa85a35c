"""Message catalogues: GNU gettext's `.po` files, read as they are.

A sentence stands in the code in English and is looked up by itself, with its plural forms. A code
that the warehouse holds, such as `same_id`, is looked up by its kind and itself; one that nobody
has worded is shown as it is, since rules, sources and identifier types are the user's to add.
"""

from datetime import UTC, datetime
from functools import lru_cache
from gettext import GNUTranslations
from importlib.resources import files
from io import BytesIO
from typing import get_args

from babel.dates import format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from orchestration.settings import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)

# Short enough for a line of a table; Babel's own long form ends in a full stop in Russian.
MOMENT = "d MMMM y, HH:mm 'UTC'"


class Catalogue:
    """The words of one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.translations = _translations(language)

    def gettext(self, sentence: str, **values: object) -> str:
        """Return a sentence with its values."""
        return self.translations.gettext(sentence) % values

    def ngettext(self, one: str, many: str, count: int, **values: object) -> str:
        """Return a sentence in the form that the count asks for; `count` is one of its values."""
        return self.translations.ngettext(one, many, count) % {"count": count, **values}

    def term(self, kind: str, code: str) -> str:
        """Return the words for a code, or the code itself, made readable."""
        found = self.translations.pgettext(kind, code)
        return code.replace("_", " ") if found == code else found

    def text(self, kind: str, text: str) -> str:
        """Return a given text in this language, or as it was given."""
        return self.translations.pgettext(kind, text)

    def moment(self, at: datetime) -> str:
        """Return day and time in words; all times are UTC."""
        return format_datetime(at.replace(tzinfo=UTC), MOMENT, locale=self.language)


@lru_cache
def _translations(language: Language) -> GNUTranslations:
    # Compiled here and now: a compiled catalogue in the repository could differ from its source.
    text = files(__package__).joinpath("catalogues", f"{language}.po").read_bytes()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(text), locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
