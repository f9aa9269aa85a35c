"""Meta as a destination."""

from collections.abc import Sequence

from orchestration.activation.destinations.accounts import account_api
from orchestration.activation.destinations.http import (
    FORM,
    VendorApi,
    read,
    segment,
    told_as_result,
)
from orchestration.activation.destinations.meta import answers, limits, payload
from orchestration.activation.destinations.meta.settings import Connection, Target
from orchestration.activation.destinations.protocol import Batch, BatchResult, Operation, Verdict
from orchestration.settings import Settings


class MetaDestination:
    """Adds members to an audience and takes them out, by the same digests."""

    max_batch_size = limits.MAX_BATCH_SIZE
    render_version = limits.RENDER_VERSION
    max_in_flight = limits.MAX_IN_FLIGHT
    mixes_operations = False
    match_kinds = payload.MATCH_KINDS
    match_key = staticmethod(payload.match_key)

    def __init__(self, api: VendorApi, audience_id: str) -> None:
        self._api = api
        self._users = f"/{segment(audience_id)}/users"

    def render(
        self,
        sync: str,  # noqa: ARG002 - the audience stands for it
        fields: Sequence[str],  # noqa: ARG002 - only match keys go out
        operations: Sequence[Operation],
    ) -> bytes:
        """Return the table of members."""
        return payload.form(operations)

    @told_as_result
    def send(self, batch: Batch) -> BatchResult:
        """Add the members, or take them out."""
        members = len(batch.operations)
        body = payload.upload(batch.idempotency_key, batch.payload, members)
        # In the body also with DELETE: in the query, digests would get into logs of proxies.
        method = "DELETE" if batch.is_removal else "POST"
        answer = self._api.call(method, self._users, body, content_type=FORM)
        received = read(answer, answers.Received)
        # Whether those received include the invalid ones is not told.
        if received.received + received.invalid < members:
            # Somebody was left out, nobody knows who; to say it again does no harm.
            return BatchResult(
                Verdict.AMBIGUOUS, error_code="rows_left_out", http_status=answer.status
            )
        if received.invalid >= members:
            refused = {operation.key: "invalid_entry" for operation in batch.operations}
            return BatchResult(Verdict.ANSWERED, refused, http_status=answer.status)
        return BatchResult(Verdict.ANSWERED, http_status=answer.status, is_verified=False)

    def close(self) -> None:
        """Close the connections that were kept for the next batch."""
        self._api.client.close()


def connect(settings: Settings, connection: Connection, target: Target) -> MetaDestination:
    """Return Meta as the environment and the declaration describe it.

    Raises:
        UsageError: the address cannot be used.
    """
    api = account_api(settings, connection, limits.REQUESTS_PER_SECOND, answers.refusal)
    return MetaDestination(api, target.audience_id)
