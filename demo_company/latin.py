"""Names of all three countries in plain Latin letters."""

_CYRILLIC = zip("абвгдезийклмнопрстуфыэё", "abvgdeziyklmnoprstufyee", strict=True)
_LONG = zip("жхцчшщюя", ("zh", "kh", "ts", "ch", "sh", "shch", "yu", "ya"), strict=True)
_UMLAUTS = ((umlaut, f"{vowel}e") for umlaut, vowel in zip("äöü", "aou", strict=True))
_LATIN = str.maketrans(dict([*_CYRILLIC, *_LONG, *_UMLAUTS, ("ß", "ss"), ("ь", ""), ("ъ", "")]))


def in_latin(text: str) -> str:
    """Write a name in Latin letters, as a passport does."""
    return text.lower().translate(_LATIN).title()


def latin_letters(text: str) -> str:
    """Reduce a name to the letters that an e-mail address can hold."""
    return "".join(letter for letter in text.lower().translate(_LATIN) if "a" <= letter <= "z")
