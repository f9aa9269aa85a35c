"""Google as a destination."""

from collections.abc import Sequence

from orchestration.activation.budgets import budget_of
from orchestration.activation.destinations.google import answers, limits, payload
from orchestration.activation.destinations.google.settings import Connection, Target
from orchestration.activation.destinations.http import (
    VendorApi,
    compact_json,
    read,
    told_as_result,
    told_of_job,
    vendor_client,
)
from orchestration.activation.destinations.oauth import AccessToken, Client
from orchestration.activation.destinations.protocol import (
    Batch,
    BatchResult,
    Job,
    Operation,
    Verdict,
)
from orchestration.settings import Settings


class GoogleDestination:
    """Puts members into a list and takes them out; Google works on it for up to a day."""

    max_batch_size = limits.MAX_BATCH_SIZE
    render_version = limits.RENDER_VERSION
    max_in_flight = limits.MAX_IN_FLIGHT
    first_look_seconds = limits.FIRST_LOOK_SECONDS
    lands_within_hours = limits.LANDS_WITHIN_HOURS
    mixes_operations = False
    match_kinds = payload.MATCH_KINDS
    match_key = staticmethod(payload.match_key)

    def __init__(self, api: VendorApi, target: Target) -> None:
        self._api = api
        self._target = target

    def render(
        self,
        sync: str,  # noqa: ARG002 - the list stands for it
        fields: Sequence[str],  # noqa: ARG002 - only match keys go out
        operations: Sequence[Operation],
    ) -> bytes:
        """Return the request."""
        return compact_json(payload.document(self._target, operations))

    @told_as_result
    def send(self, batch: Batch) -> BatchResult:
        """Hand the members over."""
        method = "remove" if batch.is_removal else "ingest"
        answer = self._api.call("POST", f"/v1/audienceMembers:{method}", batch.payload)
        accepted = read(answer, answers.Accepted)
        return BatchResult(Verdict.ACCEPTED, http_status=answer.status, job=accepted.request_id)

    @told_of_job
    def poll(self, job: Job) -> BatchResult:
        """Look what became of the members."""
        query = {"requestId": job.name}
        answer = self._api.call("GET", "/v1/requestStatus:retrieve", query=query)
        return read(answer, answers.RequestStatus).lists[0].result(job.keys)

    def close(self) -> None:
        """Close the connections that were kept for the next batch."""
        self._api.client.close()


def connect(settings: Settings, connection: Connection, target: Target) -> GoogleDestination:
    """Return Google as the environment and the declaration describe it.

    Raises:
        UsageError: an address cannot be used.
    """
    secret = connection.refresh_token.get_secret_value()
    pace = limits.REQUESTS_PER_SECOND
    budget = budget_of(settings.pauses_path, connection.url, secret, pace)
    client = vendor_client(settings, connection.url, connection.variable("url"), budget)
    client.check(connection.login_url, connection.variable("login_url"))
    token = AccessToken(
        VendorApi(client, connection.login_url, dict),
        Client(connection.client_id, connection.client_secret, connection.refresh_token),
    )
    api = VendorApi(client, connection.url, token.headers, answers.refusal, token.renew)
    return GoogleDestination(api, target)
