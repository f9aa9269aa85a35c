"""Match keys in canonical form: the same person has the same key, and nobody has an empty one."""

import pytest

from orchestration.activation.match_keys import (
    canonical_country,
    canonical_email,
    canonical_name,
    canonical_phone,
    digest,
    squeezed,
)


@pytest.mark.parametrize(
    ("written", "region", "expected"),
    [
        ("(800) 555-0100", "US", "+18005550100"),
        ("+1 800 555 0100 ext. 5", None, "+18005550100"),
        ("8 (999) 555-11-11", "RU", "+79995551111"),
        ("030 901820", "DE", "+4930901820"),
        ("020 7946 0958", "GB", "+442079460958"),
        ("+44 (0)20 7946 0958", None, "+442079460958"),
        ("0000000000", "RU", None),
        ("0 800 555", "US", None),
        ("999", "RU", None),
        ("8 999 555 11 11", None, None),
        ("", "US", None),
        ("   ", "US", None),
        (None, "US", None),
    ],
)
def test_a_phone_number_has_one_form(
    written: str | None, region: str | None, expected: str | None
) -> None:
    """National prefixes come out right, and what nobody can be called under is no key."""
    assert canonical_phone(written, region) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (" user.name+NYC@Example.com ", "user.name+nyc@example.com"),
        ("a\u200b@example.com\ufeff", "a@example.com"),
        ("анна@пример.рф", "анна@пример.рф"),
        ("a@b", None),
        ("a b@example.com", None),
        ("", None),
        (None, None),
        ("223ebda6f6889b1494551ba902d9d381daf2f642bae055888e96343d53e9f9c4", None),
    ],
)
def test_an_address_has_one_form(written: str | None, expected: str | None) -> None:
    """Dots and tags stay; a digest in a plain column is no address."""
    assert canonical_email(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Иван", "74f46a588dd2b0d94ec4067f21fc7127c16ba0f1af96ece7a7ebfefe3ddedc92"),
        (
            "Андре\u0438\u0306",
            "6992dd2d09a63c039c93728fdceba18fccd4f16cabe2e0188e4dbd87fc1aca6d",
        ),
        ("...", None),
        (" ", None),
    ],
)
def test_names_in_every_script_survive(written: str, expected: str | None) -> None:
    """Composed first; and what is nothing but punctuation is never hashed."""
    assert digest(canonical_name(written)) == expected


def test_punctuation_is_no_part_of_a_name() -> None:
    """Letters of other scripts are none."""
    assert canonical_name("  D’Arc-Łódź, Jr. ") == "darcłódź jr"
    assert squeezed("St. Gallen 9") == "stgallen"


def test_a_country_is_its_two_letters() -> None:
    """Names of countries are not guessed."""
    assert (canonical_country(" us "), canonical_country("Germany")) == ("US", None)


def test_nothing_is_never_hashed() -> None:
    """Everybody without a value would be one person."""
    assert digest("") is None
    assert digest(None) is None
