"""Promises of audience files: in step, in the right place, and wrong ones told by their line."""

import re
from pathlib import Path

import pytest

from orchestration.audiences import compile_audiences, find_drift
from orchestration.audiences.nodes import AudienceError
from orchestration.settings import PROJECT_DIR
from tests.unit.audiences.conftest import HEAD, Write

MODEL = "models/marts/audiences/audience_probe.sql"
PAGE = "models/marts/audiences/audience_probe.yml"
NAMES = "macros/audiences/compiled_audience_names.sql"


def test_the_projects_own_files_are_in_step() -> None:
    """What is compiled in the repository is what its audience files say."""
    assert find_drift(PROJECT_DIR) == []
    assert list((PROJECT_DIR / "audiences").glob("*.yml"))


def test_compiled_files_are_in_step_until_somebody_edits_one(project: Path, write: Write) -> None:
    """Whichever of them it is; compiling again makes it good."""
    write("{column: city, is: Berlin}")
    outcome = compile_audiences(project)

    assert outcome.written == [NAMES, MODEL, PAGE]
    assert compile_audiences(project).written == []
    for path in outcome.written:
        with (project / path).open("a", encoding="utf-8") as file:
            file.write("\n")
        assert find_drift(project) == [path]
        compile_audiences(project)
    assert find_drift(project) == []


def test_the_model_of_a_file_that_is_gone_is_removed(project: Path, write: Write) -> None:
    """And no model that was written by hand."""
    (project / write("{column: city, is: Berlin}")).unlink()
    write("{column: city, is: Berlin}")
    compile_audiences(project)
    (project / "audiences/probe.yml").unlink()

    assert compile_audiences(project).removed == [MODEL, PAGE]
    assert (project / "models/marts/audiences/audience_vip_customers.sql").is_file()
    assert "'probe'" not in (project / NAMES).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["vip_customers", "candidates"])
def test_a_model_written_by_hand_is_not_overwritten(project: Path, write: Write, name: str) -> None:
    """The name is taken, be it of an audience or of another model of the folder."""
    before = (project / f"models/marts/audiences/audience_{name}.sql").read_bytes()
    write("{column: city, is: Berlin}", name=name)

    with pytest.raises(AudienceError, match="another audience of this name"):
        compile_audiences(project)
    assert (project / f"models/marts/audiences/audience_{name}.sql").read_bytes() == before


@pytest.mark.parametrize("name", ["Probe", "pro-be", "1probe", "pro be", "p" * 41, "../probe x"])
def test_a_file_name_is_the_name_of_the_audience(project: Path, name: str) -> None:
    """So it must be one; the file is told, as long as its name steers no terminal."""
    path = project / "audiences" / f"{name}.yml"
    path.write_text(HEAD + "  {column: city, is: Berlin}\n", encoding="utf-8")
    if path.parent != project / "audiences":
        path = path.rename(project / "audiences" / path.name)

    with pytest.raises(AudienceError, match="a name that is none of an audience") as raised:
        compile_audiences(project)
    assert str(raised.value).startswith(f"audiences/{path.name} has")


def test_a_file_name_of_odd_signs_is_not_repeated(project: Path) -> None:
    """It may steer a terminal, or be somebody's address."""
    (project / "audiences" / "a\x1b[2J@mail.example.yml").write_text(HEAD, encoding="utf-8")

    with pytest.raises(AudienceError, match=r"^A file in audiences/ has a name that is none"):
        compile_audiences(project)


def test_nothing_is_written_where_one_file_is_wrong(project: Path, write: Write) -> None:
    """Half a compilation would build half of what was meant."""
    write("{column: city, is: Berlin}")
    write("{column: citty, is: Berlin}", name="wrong")

    with pytest.raises(AudienceError):
        compile_audiences(project)
    assert not (project / MODEL).exists()


@pytest.mark.parametrize(
    ("who", "line", "problem"),
    [
        ("all:\n  - {column: city, is: Berlin}\n  - {column: citty, is: X}", 8,
         "there is no column citty (city?)"),
        ("column: city\nis: [Berlin]", 7, "the value must be one value"),
        ("column: city\nis: NO", 7, "the value must be text; write it in quotes"),
        ("column: city\nis: ''", 7, "the value must be text of one line"),
        ("column: city\nabove: Berlin", 7, "above compares numbers and dates, and city is text"),
        ("column: city", 6, "a condition on a column has exactly one of"),
        ("column: revenue\nabove: much", 7, "the value must be a number"),
        ("column: revenue\nabove: 1e400", 7, "the value must be a number"),
        ("column: revenue\nabove: .inf", 7, "the value must be a number"),
        ("column: may_email\nis: 1", 7, "the value must be true or false"),
        ("column: birth_date\nbelow: 2026-02-30", 7, "the value must be a date"),
        ("column: revenue\nin_last_days: 3", 7, "in_last_days asks for a date"),
        ("column: last_purchase_at\nin_last_days: 0", 7, "a whole number from 1 to 36500"),
        ("column: city\nin: []", 7, "in must be a list with at least one entry"),
        ("event: login\nwithin: 3", 7, "within is not known here"),
        ("event: login\nat_least: 3\nat_most: 2", 6, "at_most is below at_least"),
        ("event: login\nat_least: -1", 7, "at_least must be a whole number"),
        ("bought: {}", 6, "bought is anything, or has product_id or product_category"),
        ("bought: everything", 6, "bought is anything, or has product_id or product_category"),
        ("bought: {sku: X}", 6, "sku is not known here"),
        ("member_of: vips", 6, "there is no audience vips"),
        ("member_of: candidates", 6, "there is no audience candidates"),
        ("all: {column: city}", 6, "what stands under all must be a list"),
        ("any: []", 6, "what stands under any must be a list with at least one entry"),
        ("column: city\nis: X\nnot: {member_of: vip_customers}", 6, "has exactly one of all, any"),
        ("{}", 6, "a condition has exactly one of"),
        ("- a", 6, "a condition must be keys with values"),
        ("column: city\ncolumn: region\nis: X", 7, "column stands here twice"),
        ("all: &a\n  - {column: city, is: X}\nany: *a", 8, "references (*) are not understood"),
        ("column: city\nis: 'X", 8, "this is no YAML"),
        ("<<: {column: city}\nis: X", 6, "a key has a tag (!) or merges (<<)"),
        ("column: city\nis: !odd X", 7, "the value has a tag (!) or merges (<<)"),
        ("column: город\nis: X", 6, "there is no column of this name"),
        ("column: city\nis: !!python/object/apply:os.system [x]", 7, "the value must be one value"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_file_and_line(
    project: Path, write: Write, who: str, line: int, problem: str
) -> None:
    """Whoever writes these files has no stack trace to read."""
    file = write(who)

    with pytest.raises(AudienceError) as raised:
        compile_audiences(project)
    assert str(raised.value).startswith(f"{file}, line {line}: ")
    assert problem in str(raised.value)


@pytest.mark.parametrize(
    ("change", "line", "problem"),
    [
        (("title: A test\n", ""), 1, "title is missing"),
        (("A test", "'{{ env_var(1) }}'"), 1, "dbt would take for a template"),
        (("A test", "[A]"), 1, "title must be one value"),
        (("A test", "A" * 61), 1, "title is longer than 60 characters"),
        (("email", '"e\'mail"'), 4, "channel must be a name"),
        (("channel", "channels"), 4, "channels is not known here"),
        (("email", "emial"), 4, "no channel emial; there are any, email, phone, push, sms"),
        (("email", "email\nholdout_share: 1.5"), 5, "a number from 0 to 1"),
    ],
)
def test_a_wrong_declaration_is_told_with_its_line(
    project: Path, write: Write, change: tuple[str, str], line: int, problem: str
) -> None:
    """As a wrong condition is."""
    file = write("{column: city, is: Berlin}", head=HEAD.replace(*change))

    with pytest.raises(AudienceError, match=re.escape(problem)) as raised:
        compile_audiences(project)
    assert str(raised.value).startswith(f"{file}, line {line}: ")


def test_a_message_repeats_names_and_no_values(project: Path, write: Write) -> None:
    """What stands where a name should stand may be somebody's address."""
    write("{column: anna@mail.example, is: Berlin}")

    with pytest.raises(AudienceError, match="there is no column of this name"):
        compile_audiences(project)


@pytest.mark.parametrize("text", ['"\\ud800"', '"a\\0b"'])
@pytest.mark.parametrize("where", ["A test", "Berlin"])
def test_text_that_no_model_can_hold_is_told(
    project: Path, write: Write, where: str, text: str
) -> None:
    """Half a letter, and what ends a text."""
    head = HEAD.replace("A test", text) if where == "A test" else HEAD
    city = text if where == "Berlin" else "Berlin"
    write(f"{{column: city, is: {city}}}", head=head)

    with pytest.raises(AudienceError, match=r"^audiences/.+, line \d: .+\.$"):
        compile_audiences(project)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00",
        b"title: \x00",
        b"\xd0",
        b"a: b: c",
        b"[" * 10_000,
        b"-\n" * 60_000,
        b'a: "\\U00110000"',
        b'a: "\\UFFFFFFFF"',
        b"%YAML " + b"9" * 5000 + b".1\n---\na",
    ],
    ids=[
        "empty",
        "utf-16",
        "nul",
        "cut",
        "no yaml",
        "deep",
        "long",
        "no letter",
        "no number",
        "no version",
    ],
)
def test_any_bytes_are_told_in_a_sentence(project: Path, data: bytes) -> None:
    """No file stops the program with anything else."""
    (project / "audiences/probe.yml").write_bytes(data)

    with pytest.raises(AudienceError, match=r"^audiences/probe\.yml, line 1: .+\.$"):
        compile_audiences(project)


def test_members_of_each_other_are_told(project: Path, write: Write) -> None:
    """Two audiences cannot be made of each other."""
    write("{member_of: second}", name="first")
    write("{any: [{member_of: first}, {column: city, is: X}]}", name="second")

    with pytest.raises(AudienceError, match=r"audiences/\w+\.yml, line 6: .* hangs on this"):
        compile_audiences(project)


def test_the_file_of_an_audience_that_hangs_on_itself_is_told_with_its_ending(
    project: Path,
) -> None:
    """Both endings are allowed."""
    path = project / "audiences" / "probe.yaml"
    path.write_text(f"{HEAD}  member_of: probe\n", encoding="utf-8")

    with pytest.raises(AudienceError, match=r"^audiences/probe\.yaml, line 6: "):
        compile_audiences(project)


def test_what_cannot_be_read_is_told_by_its_name(project: Path) -> None:
    """A link into nowhere, and a folder with the name of a file."""
    link = project / "audiences/probe.yml"
    link.symlink_to(project / "gone.yml")
    with pytest.raises(AudienceError, match=r"^audiences/probe\.yml, line 1: this cannot be read"):
        compile_audiences(project)

    link.unlink()
    link.mkdir()
    with pytest.raises(AudienceError, match=r"^audiences/probe\.yml, line 1: this cannot be read"):
        compile_audiences(project)


def test_a_file_with_its_ending_in_capitals_is_not_passed_over(project: Path) -> None:
    """Whoever wrote it waits for an audience."""
    (project / "audiences/probe.YML").write_text(HEAD)

    with pytest.raises(AudienceError, match=r"end with \.yml"):
        compile_audiences(project)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"channels\nemail\n", "has no column channel in its header"),
        (b"", "has no column channel in its header"),
        ("channel\nemail\ngrüße\n".encode("latin-1"), "is no text in UTF-8"),
        (b"id,channel\n1,email\n2\n", "has a row that is none of a table"),
    ],
)
def test_a_list_of_channels_that_cannot_be_read_is_named(
    project: Path, content: bytes, problem: str
) -> None:
    """Whoever edited it is told in one sentence."""
    (project / "seeds/privacy/channels.csv").write_bytes(content)

    with pytest.raises(AudienceError) as caught:
        compile_audiences(project)

    assert str(caught.value) == f"seeds/privacy/channels.csv {problem}."


def test_a_list_of_channels_that_is_gone_is_named(project: Path) -> None:
    """As one that cannot be read."""
    (project / "seeds/privacy/channels.csv").unlink()

    with pytest.raises(AudienceError, match=r"^seeds/privacy/channels\.csv cannot be read"):
        compile_audiences(project)


def test_a_header_in_capitals_lists_channels_too(project: Path, write: Write) -> None:
    """Warehouses do not tell the two apart."""
    write("{column: city, is: Berlin}")
    (project / "seeds/privacy/channels.csv").write_text("Channel\nemail\n", encoding="utf-8")

    assert compile_audiences(project).audiences == ["probe"]
