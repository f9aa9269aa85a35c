"""What the webhook makes of the answers of a receiver, good and bad."""

import base64
import hashlib
import hmac
import json
import os

import pytest

from orchestration.activation.destinations.protocol import Batch, Operation, Verdict
from orchestration.activation.destinations.signatures import signature, signing_key
from orchestration.activation.destinations.webhook import WebhookDestination, payload
from orchestration.activation.destinations.webhook.answers import result_of
from orchestration.activation.outbound import Answer
from orchestration.errors import UsageError
from tests.contract.loopback import (
    Exchange,
    Fault,
    body,
    cut_off,
    drip,
    endless,
    reset,
    retry_date,
    silence,
    status,
)
from tests.contract.scripted_server import ScriptedServer, poisoned, too_large
from tests.unit.activation.world import World

PEOPLE = {f"p{number}": f"{number}@example.com" for number in range(4)}


def _only_headers(exchange: Exchange) -> bool:
    exchange.apply()
    exchange.handler.send_response(200)
    exchange.handler.send_header("content-type", "application/json")
    exchange.handler.end_headers()
    exchange.handler.close_connection = True
    return True


PASSING_FAULTS: dict[str, Fault] = {
    "429 in seconds": status(429, retry_after="1"),
    "500 before it was applied": status(500),
    "500 after it was applied": status(500, applied=True),
    "503 with a date": retry_date(503, 2),
    "timeout before it was applied": silence(applied=False),
    "timeout after it was applied": silence(applied=True),
    "reset before it was applied": reset(applied=False),
    "reset after it was applied": reset(applied=True),
    "JSON cut off": body(200, b'{"rejected": [{"key": "p'),
    "a page instead of JSON": body(200, b"<html>ok</html>"),
    "a list of nonsense": body(200, b'{"rejected": [1, 2]}'),
    "an endless answer": body(200, b" " * 20_000),
    "reset within its length": cut_off(is_reset=True, framing="length"),
    "closed within its length": cut_off(is_reset=False, framing="length"),
    "closed within a chunk": cut_off(is_reset=False, framing="chunks"),
    "closed within what has no length": cut_off(is_reset=False, framing="close"),
    "closed before the JSON": _only_headers,
    "a slow drip": drip,
    "a header letter by letter": endless(b"HTTP/1.1 200 OK\r\nx-name: ", b"a"),
    "hints without end": endless(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "a chunk that never begins": endless(
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1;name=", b"a"
    ),
    "a date that is out of all bounds": status(
        429, retry_after="Thu, 01 Jan 2026 00:00:00 +999999999999999999"
    ),
    "a number of five thousand digits": status(429, x_ratelimit_reset="9" * 5000),
    "a redirect": status(302, location="http://127.0.0.1:1/"),
}


@pytest.mark.parametrize("fault", PASSING_FAULTS.values(), ids=PASSING_FAULTS)
def test_a_passing_fault_has_one_effect(
    to_webhook: World, server: ScriptedServer, fault: Fault
) -> None:
    """The same batch comes again under the same key, and the end is as without the fault."""
    server.faults = [fault]
    to_webhook.publish(PEOPLE)
    to_webhook.destination.max_batch_size = 10

    report = to_webhook.run()

    assert (report.status, report.added, report.rejected) == ("done", 4, 0)
    assert set(server.members) == set(PEOPLE)
    assert len(server.batch_ids) == 2
    assert len(set(server.batch_ids)) == 1


@pytest.mark.parametrize(
    ("fault", "seconds"),
    [(status(429, retry_after="7"), 7), (retry_date(503, 60), 60)],
    ids=["seconds", "date"],
)
def test_the_receiver_says_when_to_come_back(
    to_webhook: World, server: ScriptedServer, fault: Fault, seconds: float
) -> None:
    """No request goes out before that moment, also with a wish of a date."""
    server.faults = [fault]
    to_webhook.publish({"p1": "a@example.com"})
    seen = []
    to_webhook.waits = _Waits(seen, server)

    assert to_webhook.run().status == "done"
    assert seen == [(pytest.approx(seconds, abs=1), 1)]


def test_rows_refused_by_name_do_not_stop_the_others(
    to_webhook: World, server: ScriptedServer
) -> None:
    """207 with a list: the rest is delivered, and the reason is kept as a code."""
    server.refused = {"p2": "mailbox_full"}
    to_webhook.publish(PEOPLE)

    report = to_webhook.run()

    assert (report.status, report.added, report.rejected) == ("done_with_rejects", 3, 1)
    assert ("p2", "add", "rejected") in to_webhook.outcomes()


def test_a_poisoned_row_is_found(to_webhook: World, server: ScriptedServer) -> None:
    """422 on the whole batch: halved until only the culprit is refused."""
    server.faults = [poisoned("p2")] * 20
    to_webhook.publish(PEOPLE)
    to_webhook.destination.max_batch_size = 10

    report = to_webhook.run()

    assert (report.status, report.added, report.rejected) == ("done_with_rejects", 3, 1)
    assert set(server.members) == set(PEOPLE) - {"p2"}


def test_too_large_a_batch_is_halved(to_webhook: World, server: ScriptedServer) -> None:
    """413: smaller batches, everything arrives."""
    server.faults = [too_large(2)] * 20
    to_webhook.publish(PEOPLE)
    to_webhook.destination.max_batch_size = 10

    assert (to_webhook.run().status, set(server.members)) == ("done", set(PEOPLE))


def test_refused_credentials_in_mid_run_stop_it(to_webhook: World, server: ScriptedServer) -> None:
    """What was acknowledged stays so; the rest goes at the next run."""
    server.faults = [status(200, applied=True), status(401)]
    to_webhook.publish(PEOPLE)
    to_webhook.destination.max_batch_size = 2

    report = to_webhook.run()

    assert (report.status, report.added, report.pending) == ("failed", 2, 2)
    assert len(server.requests) == 2
    assert (to_webhook.run().status, set(server.members)) == ("done", set(PEOPLE))


def test_a_wrong_path_refuses_every_row_without_halving(
    to_webhook: World, server: ScriptedServer
) -> None:
    """404 is about the address; no row is at fault."""
    server.faults = [status(404)]
    to_webhook.publish(PEOPLE)

    assert (to_webhook.run().rejected, len(server.requests)) == (4, 1)


def test_the_signature_is_that_of_standard_webhooks() -> None:
    """HMAC-SHA-256 over id, time and body, under both forms of a secret."""
    raw = b"secret-secret-secret"
    secret = "whsec_" + base64.b64encode(raw).decode()
    expected = hmac.new(raw, b"msg_1.1700000000.{}", hashlib.sha256).digest()

    assert signing_key(secret) == signing_key(raw.decode()) == raw
    assert signature(raw, "msg_1", "1700000000", b"{}") == (
        "v1," + base64.b64encode(expected).decode()
    )


def test_a_broken_secret_names_its_setting() -> None:
    """And not the secret."""
    with pytest.raises(UsageError, match="ONEFOLD_WEBHOOK_SECRET") as caught:
        signing_key("whsec_*not base64*")
    assert "not base64*" not in str(caught.value)


@pytest.mark.parametrize("secret", ["whsec_", "whsec_ключ"], ids=["nothing", "another script"])
def test_a_secret_that_signs_nothing_is_refused(secret: str) -> None:
    """With an empty key anybody could sign."""
    with pytest.raises(UsageError, match="ONEFOLD_WEBHOOK_SECRET"):
        signing_key(secret)


def test_a_secret_of_any_bytes_is_taken_as_it_is() -> None:
    """Also one that is no text, as the environment may hold it."""
    assert signing_key(os.fsdecode(b"\xff\xfe")) == b"\xff\xfe"


def test_the_body_and_headers_are_those_of_the_contract() -> None:
    """Sorted keys and no time inside, so that the bytes are the same after a restart."""
    client = _Client()
    destination = WebhookDestination(client, "https://example.com/", "secret", lambda: 17.9)
    operations = (Operation("upsert", "p1", {"b": 1, "a": "ё"}), Operation("remove", "p2"))
    payload = destination.render("s", ("a", "b"), operations)

    destination.send(Batch("s", "000001-aa", 1, "key", operations, payload))

    assert payload.decode() == (
        '{"operations":[{"fields":{"a":"ё","b":1},"key":"p1","op":"upsert"},'
        '{"fields":{},"key":"p2","op":"remove"}],"sync":"s"}'
    )
    assert client.headers["webhook-id"] == "key"
    assert client.headers["webhook-timestamp"] == "17"
    assert client.headers["webhook-signature"].startswith("v1,")


@pytest.mark.parametrize(
    ("value", "sent"),
    [(10**30, b"1" + b"0" * 30), ("\ud83d", b'"\\ud83d"'), (float("nan"), b"null")],
    ids=["more than 64 bits", "half of a pair of surrogates", "no number"],
)
def test_a_value_that_json_writes_in_its_own_way_arrives(value: object, sent: bytes) -> None:
    """Also what the usual encoder of JSON cannot write."""
    rendered = payload.body("test_people", [Operation("upsert", "p1", {"value": value})])

    assert b'"fields":{"value":' + sent + b"}" in rendered


@pytest.mark.parametrize("reason", ["a@example.com is bad", "ivanov", "p79991234567", None, 7])
def test_a_reason_that_may_quote_the_row_is_not_kept(reason: object) -> None:
    """Codes are kept, sentences and values are not."""
    operation = Operation("upsert", "p1", {"last_name": "Ivanov"})
    document = {"rejected": [{"key": "p1", "reason": reason}]}

    result = result_of(Answer(200, json.dumps(document).encode(), None), (operation,))

    assert result.rejected == {"p1": "refused"}


@pytest.mark.parametrize("content", [b"[]", b'"ok"', b"1", b"null", b'{"rejected": ["p1"]}'])
def test_an_answer_in_another_form_confirms_nothing(content: bytes) -> None:
    """It is no list of refusals, and no word of there being none."""
    result = result_of(Answer(200, content, None), (Operation("upsert", "p1"),))

    assert result.verdict == Verdict.AMBIGUOUS


def test_a_refusal_of_somebody_unknown_leaves_the_others_in_doubt() -> None:
    """One of ours may be meant, in another spelling."""
    content = b'{"rejected": [{"key": "P1"}, {"key": "p2"}, {"key": "p2"}]}'
    operations = [Operation("upsert", key) for key in ("p1", "p2", "p3")]

    result = result_of(Answer(207, content, None), operations)

    assert (result.rejected, result.is_verified) == ({"p2": "refused"}, False)


class _Client:
    headers: dict[str, str]

    def post(self, _url: str, headers: dict[str, str], _body: bytes) -> Answer:
        self.headers = headers
        return Answer(204, b"", None)


class _Waits(list):
    """Takes down each wait, and how many requests had come by then."""

    def __init__(self, seen: list[tuple[float, int]], server: ScriptedServer) -> None:
        self._seen = seen
        self._server = server

    def append(self, seconds: float) -> None:
        self._seen.append((seconds, len(self._server.requests)))
