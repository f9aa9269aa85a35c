"""What the page says beyond the sentences of the explanation itself."""

from datetime import datetime

from orchestration.identity.evidence import Link
from orchestration.identity.sentences import Sentences
from orchestration.identity.surroundings import Role, Surroundings
from orchestration.wording.catalogue import Catalogue


class Captions(Sentences):
    """Sentences about the drawing and the tables."""

    def __init__(self, catalogue: Catalogue, around: Surroundings) -> None:
        super().__init__(catalogue)
        self._around = around

    def summary(self) -> str:
        """Count what is drawn."""
        count, around = self._words.ngettext, self._around
        sources = {record.source_name for record in around.records}
        unused = [link for link in around.links if around.role(link) == Role.UNUSED]
        parts = [
            count("%(count)d record", "%(count)d records", len(around.records)),
            count("%(count)d source", "%(count)d sources", len(sources)),
            count("%(count)d piece of evidence", "%(count)d pieces of evidence", len(around.links)),
            count("%(count)d not used", "%(count)d not used", len(unused)),
        ]
        return " · ".join(parts)

    def left_out(self) -> str:
        """Count what is not drawn, or say nothing where all of it is."""
        count, around = self._words.ngettext, self._around
        if not around.left_out_records and not around.left_out_links:
            return ""
        records = count("%(count)d record", "%(count)d records", around.left_out_records)
        links = count(
            "%(count)d piece of evidence", "%(count)d pieces of evidence", around.left_out_links
        )
        return self._words.gettext(
            "Not shown here: %(records)s, %(links)s.", records=records, links=links
        )

    def use(self, link: Link) -> str:
        """Say whether evidence was used."""
        words = self._words
        if link.unused_reason:
            return words.gettext("no: %(reason)s", reason=self.unused(link.unused_reason))
        if self._around.role(link) == Role.CHAIN:
            return words.gettext("yes, in the chain")
        if self._around.role(link) == Role.SPARE:
            return words.gettext("yes, beside other evidence")
        return words.gettext("yes")

    def seen(self, link: Link) -> str:
        """Say when evidence was seen, where that is known."""
        return self._words.moment(link.seen_at) if link.seen_at else ""

    def record_type(self, record_type: str) -> str:
        """Name a type of record."""
        return self._words.term("record type", record_type)

    def source_name(self, source_name: str) -> str:
        """Name a source."""
        return self._words.term("source", source_name)

    def origin(self, run_id: str, finished_at: datetime, version: str) -> str:
        """Say which data these are."""
        return self._words.gettext(
            "Published by run %(run)s, %(moment)s; onefold %(version)s. Contacts are masked.",
            run=run_id,
            moment=self._words.moment(finished_at),
            version=version,
        )
