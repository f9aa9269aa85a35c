"""HubSpot as a destination."""

from collections.abc import Collection, Mapping, Sequence

from orchestration.activation.destinations.accounts import account_api
from orchestration.activation.destinations.holders import Holders
from orchestration.activation.destinations.http import (
    VendorApi,
    compact_json,
    read,
    segment,
    told_as_result,
)
from orchestration.activation.destinations.hubspot import answers, limits, payload
from orchestration.activation.destinations.hubspot.settings import Connection, Target
from orchestration.activation.destinations.protocol import Batch, BatchResult, Operation, Verdict
from orchestration.settings import Settings

CONTACTS = "/crm/v3/objects/contacts/batch"


class HubSpotDestination:
    """Makes or changes contacts, and puts their records on the list or takes them off."""

    max_batch_size = limits.MAX_BATCH_SIZE
    render_version = limits.RENDER_VERSION
    max_in_flight = limits.MAX_IN_FLIGHT
    mixes_operations = False

    def __init__(self, api: VendorApi, list_id: str) -> None:
        self._api = api
        self._memberships = f"/crm/v3/lists/{segment(list_id)}/memberships"
        self.holders = Holders()

    def render(
        self,
        sync: str,  # noqa: ARG002 - the list stands for it
        fields: Sequence[str],  # noqa: ARG002 - each operation names its own
        operations: Sequence[Operation],
    ) -> bytes:
        """Return the contacts, or the keys of those who leave the list."""
        if operations[0].op == "remove":
            return compact_json([operation.key for operation in operations])
        return compact_json(payload.upsert(operations))

    @told_as_result
    def send(self, batch: Batch) -> BatchResult:
        """Change contacts and list; both can be repeated."""
        return self._remove(batch) if batch.is_removal else self._upsert(batch)

    def close(self) -> None:
        """Close the connections that were kept for the next batch."""
        self._api.client.close()

    def _upsert(self, batch: Batch) -> BatchResult:
        operations = batch.operations
        rejected = {
            each.key: "no_match_key" for each in operations if not payload.has_address(each)
        }
        if len(rejected) == len(operations):
            return BatchResult(Verdict.ANSWERED, rejected)

        answer = self._api.call("POST", f"{CONTACTS}/upsert", batch.payload)
        contacts = read(answer, answers.Contacts)
        record_ids = contacts.record_ids(operations)
        rejected |= contacts.refusals(operations)
        if len(record_ids.keys() | rejected.keys()) < len(operations):
            # Somebody was left out, nobody knows why: halved until it is clear who.
            verdict = Verdict.ROWS if contacts.errors else Verdict.AMBIGUOUS
            return BatchResult(verdict, error_code="rows_left_out", http_status=answer.status)

        missing = self._change_list(batch.run_id, record_ids, _former_ids(operations, record_ids))
        rejected |= {key: "record_missing" for key, each in record_ids.items() if each in missing}
        return BatchResult(
            Verdict.ANSWERED, rejected, http_status=answer.status, references=record_ids
        )

    def _change_list(
        self, run_id: str, record_ids: Mapping[str, str], former: Collection[str]
    ) -> set[str]:
        """Put records on the list and take former ones off; return those that are gone."""
        if not record_ids:
            return set()
        self.holders.put(run_id, record_ids.values())
        with self.holders.leaving(run_id, former) as left:
            change = {
                "recordIdsToAdd": sorted(set(record_ids.values())),
                "recordIdsToRemove": sorted(left),
            }
            path = f"{self._memberships}/add-and-remove"
            answer = self._api.call("PUT", path, compact_json(change))
        return set(read(answer, answers.Memberships).missing)

    def _remove(self, batch: Batch) -> BatchResult:
        told = {each.key: each.reference for each in batch.operations if each.reference}
        # Both, where an unanswered attempt may have put the person under another address.
        found = self._found_ids(batch.operations)
        record_ids = found | told
        if record_ids:
            body = compact_json(sorted({*found.values(), *told.values()}))
            read(self._api.call("PUT", f"{self._memberships}/remove", body), answers.Memberships)
        rejected = {
            each.key: "record_id_unknown"
            for each in batch.operations
            if each.key not in record_ids and not each.last_row.get("email")
        }
        return BatchResult(Verdict.ANSWERED, rejected, references=record_ids)

    def _found_ids(self, operations: Sequence[Operation]) -> dict[str, str]:
        """Return the records of people whose contact may have been made without an answer."""
        found: dict[str, str] = {}
        for operation in operations:
            if address := operation.last_row.get("email"):
                body = compact_json(payload.lookup([address]))
                contacts = read(self._api.call("POST", f"{CONTACTS}/read", body), answers.Contacts)
                found.update({operation.key: contacts.results[0].id} if contacts.results else {})
        return found


def _former_ids(operations: Sequence[Operation], record_ids: Mapping[str, str]) -> set[str]:
    """Return the records under which people were listed before their address changed."""
    return {
        each.reference
        for each in operations
        if each.reference and record_ids.get(each.key, each.reference) != each.reference
    }


def connect(settings: Settings, connection: Connection, target: Target) -> HubSpotDestination:
    """Return HubSpot as the environment and the declaration describe it.

    Raises:
        UsageError: the address cannot be used.
    """
    api = account_api(settings, connection, limits.REQUESTS_PER_SECOND)
    return HubSpotDestination(api, target.list_id)
