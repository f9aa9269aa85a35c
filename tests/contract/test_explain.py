"""What `onefold explain` promises: exit codes, one sentence for an error, both languages."""

import json
from pathlib import Path

import duckdb
import pytest

from orchestration.cli import run_program
from orchestration.settings import get_settings
from tests.unit.identity.published import Published

ANNA = ("crm:contact:C1", "pos:receipt:T1", "web:cookie:a1")
PETER = "crm:contact:C2"
EMAIL = "email:anna.lind@nord.example"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home where two people are published: a chain of three records, and somebody else."""
    monkeypatch.setenv("ONEFOLD_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("ONEFOLD_LANGUAGE", raising=False)
    get_settings.cache_clear()
    published = Published(get_settings().published_path)
    published.person("p000000000001", *ANNA)
    published.person("p000000000002", PETER)
    published.link(ANNA[0], ANNA[1], "same_email_without_name", EMAIL)
    published.link(ANNA[1], ANNA[2], "seen_on_cookie", "user_id:U1")
    published.link(
        ANNA[0], PETER, "shared_identifier", "phone:+79161234567",
        "veto: the first names contradict each other",
    )  # fmt: skip
    published.write()
    return tmp_path / "home"


def said(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run the command; return its exit code and what it writes to both outputs."""
    code = run_program(["explain", *arguments])
    return code, *capfd.readouterr()


def test_a_chain_is_told_in_plain_english(capfd: pytest.CaptureFixture[str]) -> None:
    """Each link has its records, rule, shared value, source row and time."""
    code, out, _ = said(capfd, "crm:C1", "web:a1")

    assert code == 0
    assert out.splitlines() == [
        "One person: p000000000001.",
        "  contact C1 (CRM) — receipt T1 (till): same e-mail address, one record without a name;"
        " both have e-mail a…@nord.example; source: receipt T1 (till), 1 March 2026, 12:00 UTC.",
        "  receipt T1 (till) — cookie a1 (website): seen on the cookie; both have user id U1;"
        " source: cookie a1 (website), 1 March 2026, 12:00 UTC.",
    ]


def test_a_chain_is_told_in_plain_russian(capfd: pytest.CaptureFixture[str]) -> None:
    """The same facts, in the same order."""
    code, out, _ = said(capfd, "crm:C1", "web:a1", "--language", "ru")

    assert code == 0
    assert out.splitlines() == [
        "Это один человек: p000000000001.",
        "  контакт C1 (CRM) — чек T1 (касса): совпадает e-mail, одна из записей без имени;"
        " в обеих записях есть e-mail a…@nord.example;"
        " источник: чек T1 (касса), 1 марта 2026, 12:00 UTC.",
        "  чек T1 (касса) — cookie a1 (сайт): встречается на этом cookie;"
        " в обеих записях есть логин U1; источник: cookie a1 (сайт), 1 марта 2026, 12:00 UTC.",
    ]


def test_the_setting_is_the_default_language(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`ONEFOLD_LANGUAGE` holds where the option is not given, and gives way where it is."""
    monkeypatch.setenv("ONEFOLD_LANGUAGE", "ru")
    get_settings.cache_clear()

    assert said(capfd, "crm:C1", "crm:C2")[1].splitlines() == [
        "Это разные люди.",
        "  противоречие: имена не совпадают (общее: телефон +7…67).",
    ]
    assert said(capfd, "crm:C1", "crm:C2", "--language", "en")[1].splitlines() == [
        "Not one person.",
        "  contradiction: the first names contradict each other (shared: phone +7…67).",
    ]


def test_one_person_is_listed_with_what_holds_the_records_together(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Every record is named as it can be asked for again."""
    code, out, _ = said(capfd, "person:p000000000001", "--language", "ru")

    assert code == 0
    assert out.startswith("Человек p000000000001: 3 записи.\n  контакт C1 (CRM), crm:contact:C1\n")
    assert len(out.splitlines()) == 1 + 3 + 2


@pytest.mark.parametrize(
    ("arguments", "code", "english", "russian"),
    [
        (
            ["crm:C9"],
            1,
            "The first reference, crm:…, names nothing that is published.",
            "По первой ссылке, crm:…, в опубликованных данных ничего не найдено.",
        ),
        (
            ["crm:C1", "email:needle@nord.example"],
            1,
            "The second reference, email:…, names nothing that is published.",
            "По второй ссылке, email:…, в опубликованных данных ничего не найдено.",
        ),
        (
            ["needle@nord.example"],
            2,
            "A reference is written as source:record (crm:C0012), type:value (email:x@y.z) or"
            " person:id.",
            "Ссылка записывается как источник:запись (crm:C0012), тип:значение (email:x@y.z) или"
            " person:номер.",
        ),
    ],
)
def test_an_error_is_one_sentence_in_the_chosen_language(
    capfd: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    english: str,
    russian: str,
) -> None:
    """It says which reference, and never repeats its value."""
    for language, sentence in (("en", english), ("ru", russian)):
        found = said(capfd, *arguments, "--language", language, "--json")

        assert (found[0], found[2]) == (code, f"{sentence}\n")
        assert json.loads(found[1]) == {"status": "failed", "error": sentence}


def test_without_anything_published_it_says_so(
    capfd: pytest.CaptureFixture[str], home: Path
) -> None:
    """That is a failure in the work, in the chosen language too."""
    (home / "published" / "onefold.duckdb").unlink()

    assert said(capfd, "crm:C1", "--language", "ru") == (
        1,
        "",
        "Пока ничего не опубликовано; публикует `onefold run`.\n",
    )


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--language", "de"], "--language"),
        (["--format", "pdf"], "--format"),
        (["--output", "/nowhere/page.html"], "/nowhere/page.html"),
        (["--json", "--format", "html"], "--output"),
    ],
)
def test_unusable_options_are_named(
    capfd: pytest.CaptureFixture[str], arguments: list[str], named: str
) -> None:
    """An argument that cannot be used has exit code 2 and is named in one line."""
    code, _, complaint = said(capfd, "crm:C1", *arguments)

    assert code == 2
    assert named in complaint
    assert complaint.count("\n") == 1


def test_json_is_the_same_in_every_language_and_form(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Machines read codes; `--json` ends with the object also where a file is written."""
    told = [
        said(capfd, "crm:C1", "web:a1", *options)[1]
        for options in (
            ["--json"],
            ["--format", "json", "--language", "ru"],
            ["--json", "--format", "text", "--output", str(tmp_path / "answer.txt")],
        )
    ]

    assert told[0] == told[1] == told[2]
    document = json.loads(told[0])
    assert [link["rule"] for link in document["links"]] == [
        "same_email_without_name",
        "seen_on_cookie",
    ]
    assert (tmp_path / "answer.txt").read_text("utf-8").startswith("One person: p000000000001.")


def test_a_page_is_written_or_printed(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The page is the same in a file and on standard output, and leaves room for the object."""
    path = tmp_path / "page.html"

    code, out, note = said(capfd, "crm:C1", "crm:C2", "--format", "html", "--output", str(path))
    assert (code, out, note) == (0, "", f"Written to {path}.\n")
    assert said(capfd, "crm:C1", "crm:C2", "--format", "html")[1] == path.read_text("utf-8")

    told = said(capfd, "crm:C1", "--json", "--format", "html", "--output", str(path))[1]
    assert json.loads(told)["person_ids"] == ["p000000000001"]
    assert "Person p000000000001: 3 records." in path.read_text("utf-8")


def test_what_would_steer_a_terminal_is_not_printed(
    capfd: pytest.CaptureFixture[str], home: Path
) -> None:
    """An id from a file may hold anything."""
    path = home / "published" / "onefold.duckdb"
    path.unlink()
    published = Published(path)
    published.person("p1", "crm:contact:\x1b[31mC1", "crm:contact:[bold]C2")
    published.link("crm:contact:\x1b[31mC1", "crm:contact:[bold]C2", "same_id")
    published.write()

    out = said(capfd, "person:p1")[1]

    assert "\x1b" not in out
    assert "contact [bold]C2 (CRM)" in out


def test_a_steward_is_named_with_time_and_reason(
    capfd: pytest.CaptureFixture[str], home: Path
) -> None:
    """Whoever asks why may ask the one who decided, in every form and language."""
    path = home / "published" / "onefold.duckdb"
    path.unlink()
    published = Published(path)
    published.person("p000000000001", "crm:contact:C1", "crm:contact:C2")
    published.person("p000000000002", "crm:contact:C3")
    published.decision("crm:contact:C1", "crm:contact:C2", "one membership form")
    published.decision(
        "crm:contact:C1", "crm:contact:C3", None, "steward: decided to be different people"
    )
    published.write()

    word = {"decided_by": "steward", "decided_at": "2026-03-01T12:00:00"}
    assert (
        "decided by steward, 1 March 2026, 12:00 UTC, because: one membership form;"
        in (said(capfd, "crm:C1", "crm:C2")[1])
    )
    assert said(capfd, "crm:C1", "crm:C3", "--language", "ru")[1].splitlines()[1] == (
        "  решение ответственного за данные: решено, что это разные люди;"
        " решение принято: steward, 1 марта 2026, 12:00 UTC."
    )
    page = said(capfd, "crm:C1", "crm:C2", "--format", "html")[1]
    assert "because: one membership form</td>" in page
    assert page.count("because: one membership form; source") == 3
    told = [json.loads(said(capfd, "crm:C1", other, "--json")[1]) for other in ("crm:C2", "crm:C3")]
    assert told[0]["links"][0]["decision"] == word | {"reason": "one membership form"}
    assert told[1]["obstacles"][0]["decision"] == word | {"reason": None}


def test_likely_pair_is_told_with_its_account(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """No identifier ties the two; what each detail says stands in the answer."""
    published = Published(tmp_path / "home" / "published" / "onefold.duckdb")
    with duckdb.connect(str(published.path)) as connection:
        connection.execute("""
            insert into marts.person_records values
                ('crm:contact:C8', 'crm', 'contact', 'C8', 'p000000000003'),
                ('crm:contact:C9', 'crm', 'contact', 'C9', 'p000000000003');
            insert into marts.identity_links values (
                'likely', 'crm:contact:C8', 'crm:contact:C9', 'similar_details', null, 'crm',
                'contact', 'C9', null, true, timestamp '2026-03-01 12:00:00'
            );
            insert into marts.identity_likely_pairs values
                ('crm:contact:C8', 'crm:contact:C9', 0.98, 'first_name +6.8, birth_date -1.2')
        """)

    _, out, _ = said(capfd, "crm:C8", "crm:C9")

    assert "similar details, taken together" in out
    assert "for and against, in bits: first_name +6.8, birth_date -1.2;" in out
