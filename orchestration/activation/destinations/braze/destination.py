"""Braze as a destination."""

from collections.abc import Sequence
from dataclasses import replace

from orchestration.activation.destinations.accounts import account_api
from orchestration.activation.destinations.braze import answers, limits, payload
from orchestration.activation.destinations.braze.settings import Connection, Target
from orchestration.activation.destinations.http import VendorApi, compact_json, read, told_as_result
from orchestration.activation.destinations.protocol import Batch, BatchResult, Operation
from orchestration.settings import Settings


class BrazeDestination:
    """Sets attributes of users, and puts the audience into their list or takes it out."""

    max_batch_size = limits.MAX_BATCH_SIZE
    render_version = limits.RENDER_VERSION
    max_in_flight = limits.MAX_IN_FLIGHT
    mixes_operations = True

    def __init__(self, api: VendorApi, target: Target) -> None:
        self._api = api
        self._target = target

    def render(
        self,
        sync: str,  # noqa: ARG002 - the audience stands for it
        fields: Sequence[str],  # noqa: ARG002 - each operation names its own
        operations: Sequence[Operation],
    ) -> bytes:
        """Return the request."""
        return compact_json(payload.track(self._target, operations))

    @told_as_result
    def send(self, batch: Batch) -> BatchResult:
        """Change the users."""
        answer = self._api.call("POST", "/users/track", batch.payload)
        result = read(answer, answers.Tracked).result(batch.operations)
        return replace(result, http_status=answer.status)

    def close(self) -> None:
        """Close the connections that were kept for the next batch."""
        self._api.client.close()


def connect(settings: Settings, connection: Connection, target: Target) -> BrazeDestination:
    """Return Braze as the environment and the declaration describe it.

    Raises:
        UsageError: the address cannot be used.
    """
    api = account_api(settings, connection, limits.REQUESTS_PER_SECOND)
    return BrazeDestination(api, target)
