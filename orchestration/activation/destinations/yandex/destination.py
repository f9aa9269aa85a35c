"""Yandex Audience as a destination."""

from collections.abc import Sequence

from orchestration.activation.destinations.accounts import account_api
from orchestration.activation.destinations.http import VendorApi, read, told_as_result, told_of_job
from orchestration.activation.destinations.protocol import (
    Batch,
    BatchResult,
    Job,
    Operation,
    Verdict,
)
from orchestration.activation.destinations.yandex import answers, limits, payload
from orchestration.activation.destinations.yandex.settings import Connection, Target
from orchestration.settings import Settings

MULTIPART = f"multipart/form-data; boundary={payload.BOUNDARY}"


class YandexDestination:
    """Adds a file to the segment or subtracts it; one file at a time."""

    max_batch_size = limits.MAX_BATCH_SIZE
    render_version = limits.RENDER_VERSION
    first_look_seconds = limits.FIRST_LOOK_SECONDS
    # The status of the segment is that of the last file.
    works_on_one = True
    mixes_operations = False
    match_kinds = payload.MATCH_KINDS
    match_key = staticmethod(payload.match_key)

    def __init__(self, api: VendorApi, target: Target) -> None:
        self._api = api
        self._target = target

    def render(
        self,
        sync: str,  # noqa: ARG002 - the segment stands for it
        fields: Sequence[str],  # noqa: ARG002 - only match keys go out
        operations: Sequence[Operation],
    ) -> bytes:
        """Return the file."""
        return payload.file(self._target.columns, operations)

    @told_as_result
    def send(self, batch: Batch) -> BatchResult:
        """Hand a file over, unless Yandex still works on another one."""
        status = self._status()
        if status.verdict == Verdict.MISCONFIGURED:
            return status
        if status.verdict == Verdict.ACCEPTED:
            wait = limits.NEXT_LOOK_SECONDS
            return BatchResult(Verdict.RETRY, error_code="segment_busy", retry_after=wait)

        query = {
            "modification_type": "subtraction" if batch.is_removal else "addition",
            "check_size": "false",
        }
        path = f"/v1/management/segment/{self._target.segment_id}/modify_data"
        body = payload.upload(batch.payload)
        answer = self._api.call("POST", path, body, query=query, content_type=MULTIPART)
        changed = read(answer, answers.Changed)
        job = str(changed.segment.id)
        return BatchResult(Verdict.ACCEPTED, http_status=answer.status, job=job)

    @told_of_job
    def poll(self, job: Job) -> BatchResult:  # noqa: ARG002 - the segment has one job at a time
        """Look whether the segment is done."""
        return self._status()

    def close(self) -> None:
        """Close the connections that were kept for the next batch."""
        self._api.client.close()

    def _status(self) -> BatchResult:
        answer = self._api.call("GET", "/v1/management/segments")
        return read(answer, answers.Segments).status_of(self._target.segment_id)


def connect(settings: Settings, connection: Connection, target: Target) -> YandexDestination:
    """Return Yandex Audience as the environment and the declaration describe it.

    Raises:
        UsageError: the address cannot be used.
    """
    api = account_api(settings, connection, limits.REQUESTS_PER_SECOND)
    return YandexDestination(api, target)
