"""What mail promises, against a mail server: once, to whoever wants it, with a way out."""

import hmac
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from orchestration.activation.destinations.protocol import Batch, BatchResult, Operation, Verdict
from orchestration.activation.destinations.smtp import Connection, SmtpMail, Target, connect
from orchestration.activation.destinations.smtp.payload import MailTemplate
from orchestration.errors import UsageError
from orchestration.settings import Settings
from tests.contract.servers.certificates import NAME, certificate
from tests.contract.servers.smtp import Mailboxes, closed_mail_server, mail_server
from tests.unit.activation.pages import broken_promises
from tests.unit.activation.world import KilledError, World

PEOPLE = {f"p{number}": f"{number}@example.com" for number in range(4)}
TEMPLATE = "Subject: Привет, $email\n\nYour cart is waiting, $email. It costs $$5.\n"


@pytest.fixture
def mailboxes() -> Iterator[Mailboxes]:
    """Return a mail server."""
    with mail_server() as running:
        yield running


@pytest.fixture
def world(tmp_path: Path, mailboxes: Mailboxes) -> Iterator[World]:
    """Return a company that writes to people."""
    world = World(tmp_path)
    world.settings = world.settings.model_copy(update={"max_removed_share": 1.0})
    with closing(_mail(mailboxes.port, tmp_path)) as destination:
        world.destination = destination
        yield world
    assert broken_promises(world) == []


def _mail(port: int, folder: Path, template: str = TEMPLATE, **changes: object) -> SmtpMail:
    (folder / "cart.txt").write_text(template, encoding="utf-8")
    described = {
        "host": "127.0.0.1",
        "port": port,
        "sender": "Shop <news@shop.example>",
        "templates": folder,
        "unsubscribe_url": "https://shop.example/out?who={key}&proof={signature}",
        "unsubscribe_secret": "secret-word",
    }
    settings = Settings(allow_hosts=f"127.0.0.1,{NAME}")
    return connect(settings, Connection(**described | changes), Target(template="cart"))


def _recipients(mailboxes: Mailboxes) -> list[str]:
    return [mail["To"] for mail in mailboxes.mails]


def test_a_mail_says_what_the_template_says(world: World, mailboxes: Mailboxes) -> None:
    """With a signed way out, in whatever script."""
    world.publish({"p1": "anna@example.com"})

    assert world.run().status == "done"

    (mail,) = mailboxes.mails
    proof = hmac.new(b"secret-word", b"p1", "sha256").hexdigest()
    assert mail["Subject"] == "Привет, anna@example.com"
    assert mail.get_content().strip() == "Your cart is waiting, anna@example.com. It costs $5."
    assert mail["List-Unsubscribe"] == f"<https://shop.example/out?who=p1&proof={proof}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Message-ID"].endswith("@shop.example>")


def test_nobody_hears_of_changes_or_of_leaving(world: World, mailboxes: Mailboxes) -> None:
    """Who comes in again is written to again."""
    for people in (PEOPLE, PEOPLE | {"p1": "new@example.com"}, {"p0": PEOPLE["p0"]}):
        world.publish(people, dict.fromkeys(PEOPLE, True))
        assert world.run().status == "done"
    assert sorted(_recipients(mailboxes)) == sorted(PEOPLE.values())

    world.publish(PEOPLE)
    world.run()
    assert len(mailboxes.mails) == len(PEOPLE) + 3


def test_a_lost_answer_is_no_reason_to_write_twice(world: World, mailboxes: Mailboxes) -> None:
    """The mail may have been taken in, so it counts, unconfirmed."""
    mailboxes.script = [(None, True)]
    world.publish(PEOPLE)

    assert world.run().status == "done"
    assert sorted(_recipients(mailboxes)) == sorted(PEOPLE.values())
    assert ("p0", "add", "acked_unverified") in world.outcomes()


@pytest.mark.parametrize("is_sent", [True, False])
def test_a_kill_is_no_reason_to_write_twice(
    world: World, mailboxes: Mailboxes, is_sent: bool
) -> None:
    """Journalled as sent: at most once is the promise, whatever really happened."""
    world.publish({"p1": "anna@example.com"})
    send = world.destination.send

    def killed(batch: Batch) -> BatchResult:
        world.destination.send = send
        if is_sent:
            send(batch)
        raise KilledError

    world.destination.send = killed
    with pytest.raises(KilledError):
        world.run()

    assert world.run().status == "done"
    assert len(mailboxes.mails) == int(is_sent)
    assert world.outcomes() == [("p1", "add", "acked_unverified")]


def test_a_full_mailbox_is_tried_again_and_a_missing_one_is_not(
    world: World, mailboxes: Mailboxes
) -> None:
    """4yz and 5yz."""
    mailboxes.refused = {"2@example.com"}
    mailboxes.script = [("452 4.2.2 full", False), ("421 4.3.0 closing", False)]
    world.publish(PEOPLE)

    report = world.run()

    assert (report.status, report.added, report.rejected) == ("done_with_rejects", 3, 1)
    assert sorted(_recipients(mailboxes)) == ["0@example.com", "1@example.com", "3@example.com"]


def test_nobody_waits_for_a_mailbox_that_stays_full(world: World, mailboxes: Mailboxes) -> None:
    """Newcomers of later runs neither; it is tried again when there may be room."""
    mailboxes.full = {"2@example.com"}
    world.publish(PEOPLE)
    report = world.run()
    assert (report.status, report.added, report.rejected) == ("done_with_rejects", 3, 1)

    world.publish(PEOPLE | {"p9": "9@example.com"})
    assert world.run().added == 1

    mailboxes.full.clear()
    world.after(hours=1)
    assert world.run().status == "done"
    assert sorted(_recipients(mailboxes)) == [*sorted(PEOPLE.values()), "9@example.com"]


@pytest.mark.parametrize("answer", ["451 4.7.0 slow down", "421 4.3.0 closing", None])
def test_a_sender_who_is_to_wait_writes_later(
    world: World, mailboxes: Mailboxes, answer: str | None
) -> None:
    """To everybody: of a mail that was not even announced, nothing can have arrived."""
    mailboxes.senders = [answer]
    world.publish(PEOPLE)

    assert world.run().status == "done"
    assert sorted(_recipients(mailboxes)) == sorted(PEOPLE.values())
    assert {outcome for _, _, outcome in world.outcomes()} == {"acked"}


def test_a_server_that_knows_no_sender_refuses_nobody(world: World, mailboxes: Mailboxes) -> None:
    """No recipient is to blame."""
    mailboxes.senders = ["550 5.7.1 not you"]
    world.publish(PEOPLE)

    assert (world.run().status, world.outcomes()) == ("failed", [])


def test_a_server_that_takes_no_session_refuses_nobody(tmp_path: Path) -> None:
    """Nobody was named to it."""
    world = World(tmp_path)
    world.publish(PEOPLE)
    with closed_mail_server() as port, closing(_mail(port, tmp_path)) as world.destination:
        report = world.run()

    assert (report.status, world.outcomes()) == ("failed", [])
    assert "(smtp_554)" in (report.reason or "")


@pytest.mark.parametrize("address", ["", "no address", "a@example.com\r\nBcc: all@example.com"])
def test_what_is_no_address_gets_no_mail(world: World, mailboxes: Mailboxes, address: str) -> None:
    """And least of all another recipient."""
    world.publish({"p1": address})

    assert world.run().rejected == 1
    assert mailboxes.mails == []


def test_a_value_that_would_make_a_header_is_refused(tmp_path: Path, mailboxes: Mailboxes) -> None:
    """A line end in a name is no new header."""
    template = "Subject: Hello $name\n\nHello.\n"
    row = {"email": "a@example.com", "name": "Anna\r\nBcc: all@example.com"}
    operations = (Operation("upsert", "p1", row),)
    with closing(_mail(mailboxes.port, tmp_path, template)) as mail:
        payload = mail.render("s", ("email", "name"), operations)
        result = mail.send(Batch("s", "000001-aa", 1, "k", operations, payload))

    assert result.rejected == {"p1": "value_unfit_for_header"}
    assert mailboxes.mails == []


def test_a_server_that_offers_no_tls_gets_no_mail(
    tmp_path: Path, mailboxes: Mailboxes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless the operator vouches for it."""
    monkeypatch.setattr("orchestration.activation.addresses.Addresses.is_listed", lambda *_: False)
    monkeypatch.setattr("orchestration.activation.addresses._is_public", lambda _: True)
    operations = (Operation("upsert", "p1", {"email": "a@example.com"}),)
    with closing(_mail(mailboxes.port, tmp_path)) as mail:
        payload = mail.render("s", ("email",), operations)
        result = mail.send(Batch("s", "000001-aa", 1, "k", operations, payload))

    assert (result.verdict, result.error_code) == (
        Verdict.MISCONFIGURED,
        "tls_or_login_not_offered",
    )


@pytest.mark.parametrize(("host", "mail_count"), [(NAME, 1), ("127.0.0.1", 0)])
def test_a_server_whose_authority_is_named_must_prove_its_name(
    tmp_path: Path, host: str, mail_count: int
) -> None:
    """A host that the operator lists as well."""
    proof = certificate(tmp_path)
    operations = (Operation("upsert", "p1", {"email": "a@example.com"}),)
    with mail_server(tls=proof.context()) as mailboxes:
        changes = {"host": host, "root_certificate": proof.path}
        with closing(_mail(mailboxes.port, tmp_path, **changes)) as mail:
            payload = mail.render("s", ("email",), operations)
            mail.send(Batch("s", "000001-aa", 1, "k", operations, payload))

    assert len(mailboxes.mails) == mail_count


def test_a_server_that_is_not_there_is_tried_again(tmp_path: Path) -> None:
    """Nothing was handed over."""
    operations = (Operation("upsert", "p1", {"email": "a@example.com"}),)
    with closing(_mail(1, tmp_path)) as mail:
        payload = mail.render("s", ("email",), operations)
        result = mail.send(Batch("s", "000001-aa", 1, "k", operations, payload))

    assert result.verdict == Verdict.RETRY


@pytest.mark.parametrize(
    "template", ["Hello", "Subject: x", "Subject: a\nBcc: b\n\nHello", "Subject: x\n\nIt costs $5"]
)
def test_a_template_that_cannot_be_used_is_told(tmp_path: Path, template: str) -> None:
    """Before anybody is written to."""
    with pytest.raises(UsageError, match=r"cart\.txt cannot be used"):
        _mail(1, tmp_path, template)


def test_a_column_that_the_model_has_not_is_told(tmp_path: Path) -> None:
    """Nobody gets a mail with a hole in it."""
    template = "Subject: x\n\nHello $nickname\n"

    assert MailTemplate.parse(template).columns == {"nickname"}
    with closing(_mail(1, tmp_path, template)) as mail, pytest.raises(UsageError, match="nickname"):
        mail.render("s", ("email",), (Operation("upsert", "p1", {"email": "a@example.com"}),))


@pytest.mark.parametrize("url", ["http://a.example/{key}{signature}", "https://a.example/{key}"])
def test_there_is_always_a_safe_way_out(tmp_path: Path, url: str) -> None:
    """Https, and signed, or anybody could take out anybody."""
    with pytest.raises(ValueError, match="unsubscribe_url"):
        _mail(1, tmp_path, unsubscribe_url=url)


@pytest.mark.parametrize(
    "email",
    ["a,b@c.example", "a;b@c.example", "g:a@b.example;", "<a@b.example>", "a(c)@b.example"],
)
def test_an_address_that_stands_for_others_gets_no_mail(
    email: str, world: World, mailboxes: Mailboxes
) -> None:
    """Nobody of the others was asked."""
    world.publish({"p1": email})

    assert (world.run().rejected, mailboxes.mails) == (1, [])


def test_a_line_break_in_an_encoded_word_starts_no_header(
    world: World, mailboxes: Mailboxes
) -> None:
    """A name can be written so that a program which reads headers finds another one in it."""
    world.publish({"p1": "=?utf-8?q?=0D=0ABcc:x?=@b.example", "p2": "2@example.com"})
    name = "=?utf-8?q?=0D=0ABcc:x@y.example?="
    operation = Operation("upsert", "p3", {"email": "3@example.com", "name": name})
    named = _mail(mailboxes.port, world.settings.home, "Subject: Hi $name\n\nHi\n")
    payload = named.render("s", ("email", "name"), [operation])

    with closing(named):
        result = named.send(Batch("s", "1", 1, "key", (operation,), payload))

    assert result.rejected == {"p3": "value_unfit_for_header"}
    assert (world.run().rejected, _recipients(mailboxes)) == (1, ["2@example.com"])


@pytest.mark.parametrize("subject", ["Привет,  Анна\u00a0М.", "a\tb", "\U0001f600\u200d" * 99])
def test_a_subject_of_any_letters_arrives(subject: str, world: World, mailboxes: Mailboxes) -> None:
    """Also one that is long."""
    template = f"Subject: {subject}\n\nText\n"
    world.publish({"p1": "1@example.com"})
    with closing(_mail(mailboxes.port, world.settings.home, template)) as world.destination:
        report = world.run()

    assert report.status == "done"
    assert mailboxes.mails[0]["Subject"].split() == subject.split()


def test_a_long_subject_keeps_its_spaces(world: World, mailboxes: Mailboxes) -> None:
    """Where it is broken into encoded words, none is lost between them."""
    subject = "onefold: Привет мир " * 12 + "!"
    world.publish({"p1": "1@example.com"})
    template = f"Subject: {subject}\n\nText\n"
    with closing(_mail(mailboxes.port, world.settings.home, template)) as world.destination:
        world.run()

    assert [mail["Subject"] for mail in mailboxes.mails] == [subject]


def test_an_address_that_the_server_cannot_take_counts_as_refused(tmp_path: Path) -> None:
    """Nothing was sent, so nothing may have arrived."""
    world = World(tmp_path)
    world.publish({"p1": "почта@example.com", "p2": "2@example.com"})
    with (
        mail_server(takes_any_letter=False) as mailboxes,
        closing(_mail(mailboxes.port, tmp_path)) as world.destination,
    ):
        report = world.run()

    assert (report.added, report.rejected) == (1, 1)
    assert ("p1", "add", "rejected") in world.outcomes()


def test_a_sender_that_the_server_cannot_take_is_no_fault_of_anybody(tmp_path: Path) -> None:
    """Nobody counts as refused; a name in any letters is none of it."""
    world = World(tmp_path)
    world.publish({"p1": "1@example.com"})
    with mail_server(takes_any_letter=False) as mailboxes:
        sender = {"sender": "Магазин <почта@shop.example>"}
        with closing(_mail(mailboxes.port, tmp_path, **sender)) as world.destination:
            assert (world.run().status, world.outcomes()) == ("failed", [])
        sender = {"sender": "Магазин <news@shop.example>"}
        with closing(_mail(mailboxes.port, tmp_path, **sender)) as world.destination:
            assert world.run().status == "done"


def test_a_template_may_begin_with_the_mark_of_its_encoding(tmp_path: Path) -> None:
    """Editors on Windows write it."""
    _mail(25, tmp_path, "\ufeffSubject: Hi\n\nText\n")
