"""A row of a seed that can mean nothing is named before anything is built."""

import shutil
from pathlib import Path

import pytest

from orchestration.errors import BuildError
from orchestration.settings import PROJECT_DIR, Settings
from orchestration.transformation import build
from orchestration.transformation.seed_rules import check_seeds

SEEDS = Path("seeds")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the shipped seeds."""
    shutil.copytree(PROJECT_DIR / SEEDS, tmp_path / SEEDS)
    return tmp_path


def add(project: Path, seed: str, row: str) -> str:
    """Add a row to a seed, and return how its place is named."""
    path = project / SEEDS / f"{seed}.csv"
    text = path.read_text(encoding="utf-8") + f"{row}\n"
    path.write_text(text, encoding="utf-8")
    return f"{SEEDS}/{seed}.csv, line {len(text.splitlines())}"


@pytest.mark.parametrize(
    ("seed", "row", "reason"),
    [
        (
            "identity/identifier_types",
            "passport,super,,,,1",
            "strength is super and has to be one of hard, contact, reference, visitor",
        ),
        (
            "identity/identifier_types",
            "passport,hard,-3,,,1",
            "max_records is -3 and has to be empty or a number from 1 on",
        ),
        (
            "identity/identifier_types",
            "passport,hard,,,,many",
            "max_per_person is many and has to be empty or a number from 1 on",
        ),
        (
            "identity/identifier_types",
            "email,contact,,,,",
            "identifier_type email has a row already",
        ),
        ("identity/identifier_types", "passport,hard", "there are 2 values for 6 columns"),
        (
            "identity/match_rules",
            "15,odd,0,0,0,0,0,0,9,0,0,0,0,1,0",
            "first_name_at_least is 9 and has to be a grade from -1 to 4",
        ),
        (
            "identity/match_rules",
            "15,odd,7,0,0,0,0,0,0,0,0,0,0,1,0",
            "shares_id is 7 and has to be 0 or 1",
        ),
        (
            "identity/match_rules",
            ",odd,1,0,0,0,0,0,0,0,0,0,0,1,0",
            "rank is empty and has to be a number from 1 on",
        ),
        (
            "identity/match_rules",
            "   ",
            "there is nothing but spaces, which dbt does not load: delete it",
        ),
        (
            "identity/junk_values",
            "TBD!,typed",
            "junk_value is TBD! and has to be in small letters, without spaces or quotes around it",
        ),
        ("identity/junk_values", "null,again", "junk_value null has a row already"),
        (
            "identity/nicknames",
            "Bobster,robert",
            "nickname is Bobster and has to be one word in small letters, none of them "
            "accented or Cyrillic",
        ),
        (
            "identity/nicknames",
            "сашулька,aleksandr",
            "nickname is сашулька and has to be one word in small letters, none of them "
            "accented or Cyrillic",
        ),
        (
            "identity/nicknames",
            "bobster,bob",
            "full_name bob is a nickname itself: write what that one stands for",
        ),
        ("identity/nicknames", "bob,robert", "nickname bob has a row already"),
        (
            "identity/address_words",
            "de,gasse,g,anywhere",
            "position is anywhere and has to be one of word, before_number, ending",
        ),
        (
            "identity/health_limits",
            "hub_shares,0.1,",
            "metric is hub_shares and has to be one of largest_person, crowded_record_share, "
            "merge_rate, id_churn, near_hub_share, hub_share, ambiguous_link_share",
        ),
        (
            "identity/health_limits",
            "hub_share,much,",
            "healthy_up_to is much and has to be a number such as 0.05",
        ),
        (
            "audiences/contact_limits",
            "emial,often,message_sent,email,7,7",
            "channel emial is not in channels",
        ),
        (
            "audiences/contact_limits",
            "email,often,message_sent,mail,7,7",
            "event_channel mail is not in channels",
        ),
        (
            "audiences/contact_limits",
            "email,often,message_ sent,email,7,7",
            "event_name is message_ sent, which nothing is called; message_sent is",
        ),
        (
            "audiences/contact_limits",
            "email,often,Message_Sent,email,7,7",
            "event_name is Message_Sent, which nothing is called; message_sent is",
        ),
        (
            "audiences/contact_limits",
            "email,often, message_sent,email,7,7",
            'event_name is " message_sent" and has to be a text without spaces around it',
        ),
        (
            "audiences/contact_limits",
            "email,often,message_sent,email,0,7",
            "at_least is 0 and has to be a number from 1 on",
        ),
        (
            "audiences/contact_limits",
            "email,often,message_sent,email,7,a week",
            "within_days is a week and has to be a number from 1 on",
        ),
        (
            "audiences/contact_limits",
            "email,contacted_often,message_sent,email,3,7",
            "channel email, reason contacted_often, event_name message_sent, event_channel "
            "email has a row already",
        ),
        (
            "audiences/complementary_products",
            "SKU-1,SKU-1,1",
            "product SKU-1 cannot be its own complement",
        ),
        (
            "audiences/complementary_products",
            "SKU-1,,1",
            "complement_product_id is empty and has to be a text without spaces around it",
        ),
        (
            "audiences/complementary_products",
            "SKU-1,SKU-2,first",
            "preference is first and has to be a number from 0 on",
        ),
        (
            "orders/order_statuses",
            "Storniert,cancelled",
            "status is Storniert and has to be in small letters, without spaces or quotes "
            "around it",
        ),
        (
            "orders/order_statuses",
            "storniert,gone",
            "outcome is gone and has to be one of cancelled, refunded",
        ),
        (
            "events/utm_media",
            "blimp,sky",
            "channel is sky and has to be one of paid, email, message, affiliate, "
            "organic_search, social, referral",
        ),
        (
            "activation/delivery_modes",
            "odd,ad,,,,,false",
            "newcomer is ad and has to be one of nothing, add, update, remove, archive",
        ),
        (
            "profiles/attribute_sources",
            "e-mail,crm,contact,1",
            "attribute_name is e-mail and has to be one of name, email, phone, birth_date, "
            "sex, address",
        ),
        (
            "identity/junk_patterns",
            "fax,^0+$,junk",
            "identifier_type fax is not in identifier_types",
        ),
    ],
)
def test_file_line_and_column_are_named(project: Path, seed: str, row: str, reason: str) -> None:
    """Whoever edited the seed sees at once what to mend."""
    place = add(project, seed, row)

    with pytest.raises(BuildError) as caught:
        check_seeds(project)

    assert str(caught.value) == f"{place}: {reason}; nothing was built."


def test_the_shipped_rules_mean_something() -> None:
    """None of them is refused."""
    check_seeds(PROJECT_DIR)


@pytest.mark.parametrize(
    "row",
    [
        "email,often,quote_requested,,3,30",
        "email,often,message_shared,,3,30",
        "email,often,message_seen,,3,30",
        "email,often,message_open,,3,30",
        "email,often,Message Sent,,3,30",
        "email,often,message_click,,3,30",
        "email,often,ticket_open,,3,30",
        "email,often,tickets_opened,,3,30",
        "email,often,survey_answer,,3,30",
        "sms,often,message_sent,,3,30",
    ],
)
def test_events_of_ones_own_can_be_counted(project: Path, row: str) -> None:
    """Web events have any name; whether a source has them is asked of the data."""
    add(project, "audiences/contact_limits", row)

    check_seeds(project)


@pytest.mark.parametrize(
    ("seed", "row"),
    [
        ("activation/delivery_modes", "odd,add,,,,,TRUE"),
        ("identity/nicknames", "יוסי,יוסף"),
        ("identity/nicknames", "राजू,राजेश"),
        ("identity/nicknames", "민수,민수야"),
        ("identity/nicknames", "νίκος,νικόλαος"),
        ("profiles/attribute_sources", "name,club,member,0"),
        ("audiences/complementary_products", "SKU-1,SKU-2,0"),
    ],
)
def test_rows_that_dbt_and_the_models_take_are_none_of_its_business(
    project: Path, seed: str, row: str
) -> None:
    """Spreadsheets write truth in capitals, and names come in all scripts."""
    add(project, seed, row)

    check_seeds(project)


@pytest.mark.parametrize("name", ["josé", "jose\u0301", "bjørn", "józef", "mary-ann", "иван"])
def test_a_nickname_that_no_folded_name_equals_is_refused(project: Path, name: str) -> None:
    """It would be found on nobody."""
    add(project, "identity/nicknames", f"{name},somebody")

    with pytest.raises(BuildError, match="none of them accented or Cyrillic"):
        check_seeds(project)


@pytest.mark.parametrize("amount", [".005", "5."])
def test_a_share_is_a_number_however_it_is_written(project: Path, amount: str) -> None:
    """Both are numbers to dbt."""
    path = project / SEEDS / "identity" / "health_limits.csv"
    text = path.read_text(encoding="utf-8")
    assert "merge_rate,0.005," in text
    path.write_text(text.replace("merge_rate,0.005,", f"merge_rate,{amount},"), encoding="utf-8")

    check_seeds(project)


def test_a_header_in_capitals_is_the_same_header(project: Path) -> None:
    """Warehouses do not tell the two apart."""
    path = project / SEEDS / "privacy" / "channels.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("channel", "Channel"))

    check_seeds(project)


@pytest.mark.parametrize(
    ("seed", "column"),
    [
        ("activation/delivery_modes", "newcomer"),
        ("audiences/complementary_products", "product_id"),
        ("orders/order_statuses", "status"),
        ("identity/junk_patterns", "pattern"),
    ],
)
def test_a_column_whose_values_hang_on_its_exact_name_has_it(
    project: Path, seed: str, column: str
) -> None:
    """As a number, 007 would be 7; a mode whose columns are not found would do nothing."""
    path = project / SEEDS / f"{seed}.csv"
    text = path.read_text(encoding="utf-8").replace(column, column.title(), 1)
    path.write_text(text, encoding="utf-8")

    with pytest.raises(BuildError, match=f"there is no column {column} in the header"):
        check_seeds(project)


def test_a_column_that_is_gone_is_named(project: Path) -> None:
    """A spreadsheet that renamed it is told before dbt is."""
    path = project / SEEDS / "audiences" / "contact_limits.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("at_least", "from"), encoding="utf-8")

    with pytest.raises(BuildError, match="line 2: there is no column at_least in the header"):
        check_seeds(project)


def test_seeds_that_a_spreadsheet_saved_are_read(project: Path) -> None:
    """Excel marks the beginning of a file as UTF-8."""
    for path in (project / SEEDS).rglob("*.csv"):
        path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8-sig")

    check_seeds(project)


def test_nothing_is_built_on_a_row_that_means_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No seed is loaded when the sentence is said."""
    add(project, "identity/match_rules", "15,odd")
    monkeypatch.setattr(build, "PROJECT_DIR", project)
    monkeypatch.setattr(build, "dbt_command", lambda *_: pytest.fail("dbt was started"))

    with pytest.raises(BuildError, match="2 values for 15 columns"):
        list(build.stream_build(Settings(home=project), []))
