"""What we put on the wire is what the vendors' own clients put there for the same wish."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

import pytest

from orchestration.activation.destinations.protocol import Batch, Operation
from orchestration.settings import Settings
from tests.contract.conftest import VENDORS
from tests.contract.loopback import LoopbackServer, Reply, Request, json_reply

pytestmark = pytest.mark.filterwarnings("ignore")

EMAIL = "anna@example.com"
DIGEST = hashlib.sha256(EMAIL.encode()).hexdigest()
MD5 = hashlib.md5(EMAIL.encode()).hexdigest()  # noqa: S324 - what Mailchimp calls a member


@dataclass
class Ear(LoopbackServer):
    """Listens, and says what lets both sides go on."""

    def reply(self, request: Request) -> Reply:
        """Answer like every vendor at once."""
        contact = {"id": "77", "objectWriteTraceId": "0", "properties": {}}
        data = {"data": {"type": "x", "id": "1"}, "requestId": "1", "id": MD5}
        if request.path.endswith("/users"):
            data |= {"num_received": 1, "num_invalid_entries": 0}
        return json_reply(data | {"results": [contact], "access_token": "t"})


@pytest.fixture
def ear() -> Iterator[Ear]:
    """Return a server that listens."""
    with Ear() as listening:
        yield listening


def _ours(name: str, ear: Ear, operation: Operation) -> list[Request]:
    """Return what we send."""
    vendor = VENDORS[name]()
    # Our side is pointed at the ear; the vendor itself stays silent.
    vendor.__dict__["_server"] = ear._server  # noqa: SLF001 - a test double of its own kind
    ear.requests.clear()
    with closing(vendor.destination(Settings())) as destination:
        operations = (operation,)
        payload = destination.render("s", tuple(operation.fields), operations)
        key = "0123456789abcdef0123456789abcdef"
        destination.send(Batch("s", "000001-aa", 1, key, operations, payload))
    return [request for request in ear.requests if request.path != "/token"]


def _same(ours: Request, theirs: Request) -> None:
    assert (ours.method, ours.path) == (theirs.method, theirs.path)
    assert _lower(ours.query) == _lower(theirs.query)
    assert ours.headers["content-type"] == theirs.headers["content-type"]
    assert ours.document == theirs.document


def _lower(query: dict[str, str]) -> dict[str, str]:
    return {name: value.lower() for name, value in query.items()}


def test_klaviyo(ear: Ear) -> None:
    """A bulk import into a list."""
    from klaviyo_api import KlaviyoAPI  # noqa: PLC0415

    (ours,) = _ours("klaviyo", ear, Operation("upsert", "p1", {"email": EMAIL}))
    ear.requests.clear()
    client = KlaviyoAPI("key", max_retries=0, test_host=ear.url)
    client.Profiles.bulk_import_profiles(ours.document)

    (theirs,) = ear.requests
    _same(ours, theirs)


def test_hubspot(ear: Ear) -> None:
    """Contacts, then the list."""
    from hubspot import HubSpot  # noqa: PLC0415
    from hubspot.crm import contacts, lists  # noqa: PLC0415

    upsert, change = _ours("hubspot", ear, Operation("upsert", "p1", {"email": EMAIL}, "66"))
    ear.requests.clear()
    client = HubSpot(access_token="secret-token")
    batch_api, list_api = client.crm.contacts.batch_api, client.crm.lists.memberships_api
    for api in (batch_api, list_api):
        api.api_client.configuration.host = ear.url
    wish = contacts.SimplePublicObjectBatchInputUpsert(
        id=EMAIL, id_property="email", object_write_trace_id="0", properties={"email": EMAIL}
    )
    batch_api.upsert_with_http_info(
        contacts.BatchInputSimplePublicObjectBatchInputUpsert(inputs=[wish]),
        _preload_content=False,
    )
    list_api.add_and_remove_with_http_info(
        "4711",
        lists.MembershipChangeRequest(record_ids_to_add=["77"], record_ids_to_remove=["66"]),
        _preload_content=False,
    )

    theirs = ear.requests
    _same(upsert, theirs[0])
    _same(change, theirs[1])
    assert upsert.headers["authorization"] == theirs[0].headers["authorization"]


def test_mailchimp(ear: Ear) -> None:
    """A member, then the tag."""
    import mailchimp_marketing  # noqa: PLC0415

    row = {"email": EMAIL, "first_name": "Анна", "last_name": None}
    member, tag = _ours("mailchimp", ear, Operation("upsert", "p1", row))
    ear.requests.clear()
    client = mailchimp_marketing.Client({"api_key": "k-us1", "server": "us1"})
    client.api_client.host = ear.url
    wish = {
        "email_address": EMAIL,
        "status_if_new": "subscribed",
        "merge_fields": {"FNAME": "Анна", "LNAME": ""},
    }
    client.lists.set_list_member("a1b2c3", MD5, wish, skip_merge_validation=True)
    tags = {"tags": [{"name": "lapsed", "status": "active"}]}
    client.lists.update_list_member_tags("a1b2c3", MD5, tags)

    _same(member, ear.requests[0])
    _same(tag, ear.requests[1])


def test_google(ear: Ear) -> None:
    """One member in, in the form that Google's own types have as JSON."""
    from google.ads import datamanager_v1 as theirs  # noqa: PLC0415
    from google.protobuf import json_format  # noqa: PLC0415

    operation = Operation("upsert", "k", reference=json.dumps({"emailAddress": DIGEST}))
    (ours,) = _ours("google", ear, operation)

    request = theirs.IngestAudienceMembersRequest.pb(theirs.IngestAudienceMembersRequest())
    json_format.ParseDict(ours.document, request)
    assert json_format.MessageToDict(request) == ours.document
    assert ours.path == "/v1/audienceMembers:ingest"


def test_meta(ear: Ear) -> None:
    """One member in: the form, the columns and the digest."""
    from facebook_business.adobjects.customaudience import CustomAudience  # noqa: PLC0415
    from facebook_business.api import FacebookAdsApi  # noqa: PLC0415
    from facebook_business.session import FacebookSession  # noqa: PLC0415

    operation = Operation("upsert", "k", reference=json.dumps({"EMAIL": DIGEST}))
    (ours,) = _ours("meta", ear, operation)
    wish = CustomAudience.format_params(
        [CustomAudience.Schema.MultiKeySchema.email], [[EMAIL]], is_raw=True
    )
    theirs: dict[str, Any] = wish["payload"]
    ours_form = {name: value for name, (value,) in parse_qs(ours.body.decode()).items()}

    assert json.loads(ours_form["payload"])["data"] == theirs["data"]
    assert json.loads(ours_form["payload"])["schema"] == theirs["schema"]
    assert ours.path.endswith("/users")
    assert FacebookAdsApi.API_VERSION >= "v25.0"
    assert FacebookSession.GRAPH == "https://graph.facebook.com"
