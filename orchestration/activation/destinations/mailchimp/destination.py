"""Mailchimp as a destination."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from orchestration.activation.destinations.accounts import account_api
from orchestration.activation.destinations.holders import Holders
from orchestration.activation.destinations.http import (
    UndeliveredError,
    VendorApi,
    compact_json,
    read,
    segment,
    told_as_result,
)
from orchestration.activation.destinations.mailchimp import answers, limits, payload
from orchestration.activation.destinations.mailchimp.settings import Connection, Target
from orchestration.activation.destinations.protocol import Batch, BatchResult, Operation, Verdict
from orchestration.settings import Settings

NOT_FOUND = 404


class MailchimpDestination:
    """Makes or changes members one by one, and puts the tag on or takes it off."""

    max_batch_size = limits.MAX_BATCH_SIZE
    render_version = limits.RENDER_VERSION
    max_in_flight = limits.MAX_IN_FLIGHT
    mixes_operations = False

    def __init__(self, api: VendorApi, target: Target) -> None:
        self._api = api
        self._target = target
        self._members = f"/lists/{segment(target.list_id)}/members"
        self.holders = Holders()

    def render(
        self,
        sync: str,  # noqa: ARG002 - the tag stands for it
        fields: Sequence[str],  # noqa: ARG002 - each operation names its own
        operations: Sequence[Operation],
    ) -> bytes:
        """Return the members, or the keys of those who lose the tag."""
        if operations[0].op == "remove":
            return compact_json([operation.key for operation in operations])
        return compact_json([payload.member(self._target, each) for each in operations])

    @told_as_result
    def send(self, batch: Batch) -> BatchResult:
        """Go through the batch, person by person; every call can be repeated."""
        work = self._remove if batch.is_removal else partial(self._upsert, batch.run_id)
        rejected: dict[str, str] = {}
        references: dict[str, str] = {}
        for operation in batch.operations:
            try:
                references[operation.key] = work(operation)
            except UndeliveredError as error:
                code = answers.member_refusal(error)
                if code is None:
                    raise _after(references, error) from None
                rejected[operation.key] = code
            except LookupError as error:
                rejected[operation.key] = str(error.args[0])
        return BatchResult(Verdict.ANSWERED, rejected, references=references)

    def close(self) -> None:
        """Close the connections that were kept for the next batch."""
        self._api.client.close()

    def _upsert(self, run_id: str, operation: Operation) -> str:
        email = payload.address(operation)
        if email is None:
            raise LookupError("no_match_key")
        hashed = payload.subscriber(email)
        if operation.reference and operation.reference != hashed:
            # Under the former address it is another member, and may be somebody else by now.
            with self.holders.leaving(run_id, [operation.reference]) as references:
                for reference in references:
                    self._untag(reference)
        body = compact_json(payload.member(self._target, operation))
        query = {"skip_merge_validation": "true"}
        answer = self._api.call("PUT", f"{self._members}/{hashed}", body, query=query)
        read(answer, answers.Member)
        self._put_in(run_id, hashed)
        return hashed

    def _put_in(self, run_id: str, hashed: str) -> None:
        self.holders.put(run_id, [hashed])
        try:
            self._tag(hashed, is_on=True)
        except UndeliveredError as error:
            if answers.member_refusal(error):
                # Whoever had the address before is to take the tag along.
                self.holders.take_back(run_id, [hashed])
            raise

    def _remove(self, operation: Operation) -> str:
        email = payload.address(operation)
        # Both, where an unanswered attempt may have put the person under another address.
        told = (operation.reference, payload.subscriber(email) if email else None)
        members = [hashed for hashed in dict.fromkeys(told) if hashed]
        if not members:
            raise LookupError("member_unknown")
        # Also after a withdrawal: without the tag alone, the member could still be written to.
        leave = self._archive if operation.mode == "archive" else self._untag
        for hashed in members:
            leave(hashed)
        return members[0]

    def _archive(self, hashed: str) -> None:
        with _gone_already():
            self._api.do("DELETE", f"{self._members}/{hashed}")

    def _untag(self, hashed: str) -> None:
        with _gone_already():
            self._tag(hashed, is_on=False)

    def _tag(self, hashed: str, *, is_on: bool) -> None:
        body = compact_json(payload.tagging(self._target, is_on=is_on))
        self._api.do("POST", f"{self._members}/{hashed}/tags", body)


@contextmanager
def _gone_already() -> Iterator[None]:
    """Do not mind that a member is not there to be taken out."""
    try:
        yield
    except UndeliveredError as error:
        if error.answer is None or error.answer.status != NOT_FOUND:
            raise


def _after(done: Collection[str], error: UndeliveredError) -> UndeliveredError:
    """Return the error as it is for the batch: where somebody was done, nothing is certain."""
    if not done:
        return error
    return UndeliveredError(replace(error.result, verdict=Verdict.AMBIGUOUS), error.answer)


def connect(settings: Settings, connection: Connection, target: Target) -> MailchimpDestination:
    """Return Mailchimp as the environment and the declaration describe it.

    Raises:
        UsageError: the address cannot be used, or the key does not tell it.
    """
    api = account_api(settings, connection, limits.REQUESTS_PER_SECOND, answers.refusal)
    return MailchimpDestination(api, target)
