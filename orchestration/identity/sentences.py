"""An explanation in plain sentences of one language, with contacts masked."""

import re
from collections.abc import Iterator

from orchestration.errors import OnefoldError
from orchestration.identity.evidence import Link, StewardsWord
from orchestration.identity.explanation import Explanation, NothingPublishedError, Obstacle
from orchestration.identity.references import UnknownReferenceError, UnreadableReferenceError
from orchestration.wording.catalogue import Catalogue

# Shorter numbers would be told by their first two and last two digits.
SHORTEST_MASKED_PHONE = 8
# What delivery_email reads. Any other text may hold anything behind the at sign, too.
_RESERVED = r'\s@<>()\[\]",;:\\'
ADDRESS = re.compile(
    rf"[^.{_RESERVED}](?:[^{_RESERVED}]*[^.{_RESERVED}])?"
    rf"@(?:[^.{_RESERVED}]+\.)+[^.\d{_RESERVED}][^.{_RESERVED}]+"
)


class Sentences:
    """What is said about records, links and obstacles."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._words = catalogue

    def answer(self, explanation: Explanation) -> Iterator[str]:
        """Say the whole answer, the verdict first; what belongs to it is indented."""
        yield self.verdict(explanation)
        if not explanation.is_relation:
            yield from map(printable, self._people(explanation))
        yield from (f"  {printable(self.evidence(link))}" for link in explanation.links)
        yield from (f"  {printable(self.obstacle(each))}" for each in explanation.obstacles)

    def verdict(self, explanation: Explanation) -> str:
        """Say in one sentence what the answer is."""
        words, people = self._words, explanation.person_ids
        if explanation.is_relation and explanation.is_one_record:
            return words.gettext("Both references lead to the same record.")
        if explanation.is_relation and explanation.same_person:
            return words.gettext("One person: %(person)s.", person=people[0])
        if explanation.is_relation:
            return words.gettext("Not one person.")
        if not people:
            return words.gettext("Several people share this; it belongs to none of them.")
        if len(people) == 1:
            return self._person(people[0], len(explanation.ends[0]))
        return words.ngettext(
            "This is on records of %(count)d person.",
            "This is on records of %(count)d people.",
            len(people),
        )

    def _people(self, explanation: Explanation) -> Iterator[str]:
        for person_id in explanation.person_ids:
            records = [r for r in explanation.records if r.person_id == person_id]
            if len(explanation.person_ids) > 1:
                yield self._person(person_id, len(records))
            yield from (f"  {self.record(record.key)}, {record.key}" for record in records)

    def _person(self, person_id: str, count: int) -> str:
        return self._words.ngettext(
            "Person %(person)s: %(count)d record.",
            "Person %(person)s: %(count)d records.",
            count,
            person=person_id,
        )

    def evidence(self, link: Link) -> str:
        """Say what ties two records, by which rule, where it was read, and why it is not used."""
        parts = [f"{self.ends(link)}: {self.rule(link.rule)}"]
        if link.word:
            parts.append(self.word(link.word))
        if link.identifier_id and not link.leads_to_value:
            identifier = self.identifier(link.identifier_id)
            parts.append(self._words.gettext("both have %(identifier)s", identifier=identifier))
        if link.match_account:
            account = link.match_account
            parts.append(
                self._words.gettext("for and against, in bits: %(account)s", account=account)
            )
        parts.append(self.source(link))
        if link.unused_reason:
            parts.append(self.not_used(link.unused_reason))
        return "; ".join(parts) + "."

    def word(self, word: StewardsWord) -> str:
        """Say who decided, when and why."""
        moment = self._words.moment(word.decided_at)
        if not word.reason:
            return self._words.gettext(
                "decided by %(name)s, %(moment)s", name=word.decided_by, moment=moment
            )
        return self._words.gettext(
            "decided by %(name)s, %(moment)s, because: %(reason)s",
            name=word.decided_by,
            moment=moment,
            reason=word.reason,
        )

    def account(self, account: str) -> str:
        """Say what each detail says for and against a likely pair."""
        return self._words.gettext("for and against, in bits: %(account)s", account=account)

    def not_used(self, reason: str) -> str:
        """Say that evidence was not used, and why."""
        return self._words.gettext("not used: %(reason)s", reason=self.unused(reason))

    def obstacle(self, obstacle: Obstacle) -> str:
        """Say what keeps two people apart."""
        reason = self.unused(obstacle.reason)
        if obstacle.word:
            return f"{reason}; {self.word(obstacle.word)}."
        if obstacle.identifier_id:
            identifier = self.identifier(obstacle.identifier_id)
            shared = self._words.gettext("shared: %(identifier)s", identifier=identifier)
            return f"{reason} ({shared})."
        return f"{reason}."

    def unused(self, reason: str) -> str:
        """Say why evidence was not used; what nobody has worded is said as it was given."""
        kind, colon, detail = reason.partition(": ")
        if not colon:
            return self._words.text("detail", reason)
        return f"{self._words.term('obstacle', kind)}: {self._words.text('detail', detail)}"

    def source(self, link: Link) -> str:
        """Say which row brought the evidence, and when."""
        record = self.record(link.source_key)
        if link.seen_at is None:
            return self._words.gettext("source: %(record)s", record=record)
        return self._words.gettext(
            "source: %(record)s, %(moment)s",
            record=record,
            moment=self._words.moment(link.seen_at),
        )

    def ends(self, link: Link) -> str:
        """Name what is at the ends of a link: records, or a record and a value."""
        left, right = link.ends
        name = self.identifier if link.leads_to_value else self.record
        return f"{self.record(left)} — {name(right)}"

    def record(self, key: str) -> str:
        """Name a record."""
        source_name, record_type, record_id = key.split(":", 2)
        return self._words.gettext(
            "%(type)s %(id)s (%(source)s)",
            type=self._words.term("record type", record_type),
            id=record_id,
            source=self._words.term("source", source_name),
        )

    def rule(self, rule: str) -> str:
        """Name a rule."""
        return self._words.term("rule", rule)

    def identifier(self, identifier_id: str) -> str:
        """Name an identifier; the middle of a contact is nobody's business here."""
        return " ".join(self.identifier_parts(identifier_id))

    def identifier_parts(self, identifier_id: str) -> tuple[str, str]:
        """Return an identifier's type in words, and its value, masked."""
        identifier_type, _, value = identifier_id.partition(":")
        return self._words.term("identifier type", identifier_type), masked(identifier_type, value)

    def problem(self, error: OnefoldError) -> str:
        """Say what went wrong, in this language where it is known."""
        words = self._words
        if isinstance(error, NothingPublishedError):
            return words.gettext("Nothing is published yet; `onefold run` publishes.")
        if isinstance(error, UnreadableReferenceError):
            return words.gettext(
                "A reference is written as source:record (crm:C0012), type:value (email:x@y.z) or "
                "person:id."
            )
        if isinstance(error, UnknownReferenceError):
            return self._unknown_reference(error)
        return str(error)

    def _unknown_reference(self, error: UnknownReferenceError) -> str:
        if error.position == "first":
            return self._words.gettext(
                "The first reference, %(type)s:…, names nothing that is published.",
                type=printable(error.reference_type),
            )
        return self._words.gettext(
            "The second reference, %(type)s:…, names nothing that is published.",
            type=printable(error.reference_type),
        )


def masked(identifier_type: str, value: str) -> str:
    """Hide the middle of a contact: whoever explains a merge need not read the address."""
    if identifier_type == "email" or "@" in value:
        domain = value.partition("@")[2] if ADDRESS.fullmatch(value) else ""
        return f"{value[:1]}…@{domain}" if domain else f"{value[:1]}…"
    if identifier_type == "phone":
        is_long = len(value) >= SHORTEST_MASKED_PHONE
        return f"{value[:2]}…{value[-2:]}" if is_long else "…"
    return value


def printable(text: str) -> str:
    """Replace what would steer a terminal, or turn the direction of writing."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)
