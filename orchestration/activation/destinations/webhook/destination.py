"""The webhook as a destination."""

import time
from collections.abc import Callable, Sequence

from orchestration.activation.addresses import NotSentError
from orchestration.activation.budgets import budget_of
from orchestration.activation.destinations.protocol import Batch, BatchResult, Operation
from orchestration.activation.destinations.signatures import signature, signing_key
from orchestration.activation.destinations.statuses import unanswered
from orchestration.activation.destinations.webhook import limits
from orchestration.activation.destinations.webhook.answers import result_of
from orchestration.activation.destinations.webhook.payload import body
from orchestration.activation.destinations.webhook.settings import Connection, Target
from orchestration.activation.outbound import OutboundClient, UnansweredError
from orchestration.settings import Settings


class WebhookDestination:
    """Posts batches; the receiver tells them apart by their idempotency keys."""

    max_batch_size = limits.MAX_BATCH_SIZE
    render_version = limits.RENDER_VERSION
    max_in_flight = limits.MAX_IN_FLIGHT
    mixes_operations = True

    def __init__(
        self,
        client: OutboundClient,
        url: str,
        secret: str,
        wall_clock: Callable[[], float] = time.time,
    ) -> None:
        self._client = client
        self._url = url
        self._key = signing_key(secret)
        # Not `ONEFOLD_NOW`: the receiver compares the time with its own clock.
        self._wall_clock = wall_clock

    def render(
        self,
        sync: str,
        fields: Sequence[str],  # noqa: ARG002 - each operation names its own
        operations: Sequence[Operation],
    ) -> bytes:
        """Return the JSON body; no time and no attempt is in it."""
        return body(sync, operations)

    def send(self, batch: Batch) -> BatchResult:
        """Post the batch once."""
        timestamp = str(int(self._wall_clock()))
        headers = {
            "content-type": "application/json",
            "webhook-id": batch.idempotency_key,
            "webhook-timestamp": timestamp,
            "webhook-signature": signature(
                self._key, batch.idempotency_key, timestamp, batch.payload
            ),
        }
        try:
            answer = self._client.post(self._url, headers, batch.payload)
        except (NotSentError, UnansweredError) as error:
            return unanswered(error)

        return result_of(answer, batch.operations)

    def close(self) -> None:
        """Close the connections that were kept for the next batch."""
        self._client.close()


def connect(
    settings: Settings,
    connection: Connection,
    target: Target,  # noqa: ARG001 - the address is all there is
) -> WebhookDestination:
    """Return the webhook as the environment describes it.

    Raises:
        UsageError: the address or the secret cannot be used.
    """
    secret, pace = connection.secret.get_secret_value(), limits.REQUESTS_PER_SECOND
    client = OutboundClient(
        allow_hosts=settings.allow_hosts,
        timeout_seconds=settings.http_timeout_seconds,
        root_certificate=settings.https_root_certificate,
        max_answer_bytes=limits.MAX_ANSWER_BYTES,
        budget=budget_of(settings.pauses_path, connection.url, secret, pace),
    )
    client.check(connection.url, connection.variable("url"))

    return WebhookDestination(client, connection.url, secret)
