"""Klaviyo as a destination."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from orchestration.activation.destinations.accounts import account_api
from orchestration.activation.destinations.http import (
    UndeliveredError,
    VendorApi,
    compact_json,
    in_groups,
    read,
    segment,
    told_as_result,
    told_of_job,
)
from orchestration.activation.destinations.klaviyo import answers, limits, payload
from orchestration.activation.destinations.klaviyo.settings import Connection, Target
from orchestration.activation.destinations.protocol import (
    Batch,
    BatchResult,
    Job,
    Operation,
    Verdict,
)
from orchestration.activation.destinations.statuses import unreadable
from orchestration.settings import Settings

Page = TypeVar("Page", answers.ImportErrors, answers.Profiles)

JOBS = "/api/profile-bulk-import-jobs"


class KlaviyoDestination:
    """Imports profiles into a list in bulk, and takes them off it by their ids."""

    max_batch_size = limits.MAX_BATCH_SIZE
    render_version = limits.RENDER_VERSION
    max_in_flight = limits.MAX_IN_FLIGHT
    first_look_seconds = limits.FIRST_LOOK_SECONDS
    lands_within_hours = limits.LANDS_WITHIN_HOURS
    mixes_operations = False

    def __init__(self, api: VendorApi, list_id: str) -> None:
        self._api = api
        self._list_id = list_id

    def render(
        self,
        sync: str,  # noqa: ARG002 - the list stands for it
        fields: Sequence[str],  # noqa: ARG002 - each operation names its own
        operations: Sequence[Operation],
    ) -> bytes:
        """Return the import, or the keys of the profiles to take off the list."""
        if operations[0].op == "remove":
            return compact_json([operation.key for operation in operations])
        return compact_json(payload.import_job(self._list_id, operations))

    @told_as_result
    def send(self, batch: Batch) -> BatchResult:
        """Start an import, or take profiles off the list."""
        if batch.is_removal:
            return self._remove([operation.key for operation in batch.operations])

        answer = self._api.call("POST", JOBS, batch.payload, content_type=limits.MEDIA_TYPE)
        job = read(answer, answers.StartedJob)
        return BatchResult(Verdict.ACCEPTED, http_status=answer.status, job=job.data.id)

    @told_of_job
    def poll(self, job: Job) -> BatchResult:
        """Look how far an import came, and whom it refused."""
        path = f"{JOBS}/{segment(job.name)}"
        progress = read(self._api.call("GET", path), answers.Job).data.attributes
        if progress.status == "cancelled":
            return BatchResult(Verdict.LOST, error_code="import_cancelled")
        if progress.status != "complete":
            return BatchResult(Verdict.ACCEPTED)

        rejected = self._refusals(path) if progress.failed_count else {}
        is_complete = len(rejected) == (progress.failed_count or 0)
        return BatchResult(Verdict.ANSWERED, rejected, is_verified=is_complete)

    def close(self) -> None:
        """Close the connections that were kept for the next batch."""
        self._api.client.close()

    def _refusals(self, path: str) -> dict[str, str]:
        refusals: dict[str, str] = {}
        for page in self._pages(f"{path}/import-errors", {}, answers.ImportErrors):
            refusals |= page.codes()
        return refusals

    def _remove(self, keys: Sequence[str]) -> BatchResult:
        """Take off the list whoever Klaviyo knows; the others cannot be on it."""
        profile_ids = [
            profile_id
            for group in in_groups(keys, limits.MAX_PROFILES_PER_PAGE)
            for profile_id in self._profile_ids(group)
        ]
        if profile_ids:
            body = compact_json(payload.members(profile_ids))
            path = f"/api/lists/{segment(self._list_id)}/relationships/profiles"
            self._api.do("DELETE", path, body, content_type=limits.MEDIA_TYPE)
        return BatchResult(Verdict.ANSWERED)

    def _profile_ids(self, keys: Sequence[str]) -> list[str]:
        query = {
            "filter": f"any(external_id,{compact_json(list(keys)).decode()})",
            "fields[profile]": "external_id",
        }
        pages = self._pages("/api/profiles", query, answers.Profiles)
        return [profile.id for page in pages for profile in page.data]

    def _pages(self, path: str, query: Mapping[str, str], shape: type[Page]) -> Iterator[Page]:
        """Read a list to its end.

        Raises:
            UndeliveredError: a page cannot be read, leads back to one that was read, or is one too
                many.
        """
        cursors: list[str] = []
        while True:
            place = {"page[cursor]": cursors[-1]} if cursors else {}
            asked = {**query, "page[size]": str(limits.MAX_PROFILES_PER_PAGE), **place}
            answer = self._api.call("GET", path, query=asked)
            page = read(answer, shape)
            yield page
            if page.links.cursor is None:
                return
            if page.links.cursor in cursors or len(cursors) == limits.MAX_PAGES:
                raise UndeliveredError(unreadable(answer), answer)
            cursors.append(page.links.cursor)


def connect(settings: Settings, connection: Connection, target: Target) -> KlaviyoDestination:
    """Return Klaviyo as the environment and the declaration describe it.

    Raises:
        UsageError: the address cannot be used.
    """
    api = account_api(settings, connection, limits.REQUESTS_PER_SECOND)
    return KlaviyoDestination(api, target.list_id)
