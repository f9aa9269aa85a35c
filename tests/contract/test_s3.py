"""What S3 promises, against a server that speaks like it."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer
from pydantic import SecretStr

from orchestration.activation.destinations.files import CsvFiles
from orchestration.activation.destinations.protocol import Batch, Operation, Verdict
from orchestration.activation.destinations.s3 import Connection, Target, connect
from orchestration.activation.destinations.signatures import AwsKey, aws_headers
from orchestration.settings import Settings
from tests.contract.conftest import members_of
from tests.unit.activation.pages import broken_promises
from tests.unit.activation.world import World

BUCKET = "onefold-drop"
PEOPLE = {f"p{number}": f"{number}@example.com" for number in range(5)}
OPERATIONS = (Operation("upsert", "p1", {"email": "анна@example.com"}),)


@pytest.fixture
def address() -> Iterator[str]:
    """Return the address of a server with an empty bucket."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    _client(f"http://{host}:{port}").create_bucket(Bucket=BUCKET)
    yield f"http://{host}:{port}"
    server.stop()


def _client(address: str):  # noqa: ANN202 - made at run time by the vendor's package
    return boto3.client(
        "s3",
        endpoint_url=address,
        region_name="us-east-1",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
    )


def _destination(address: str, **changes: str) -> CsvFiles:
    described = {
        "bucket": BUCKET,
        "access_key_id": "key",
        "secret_access_key": "secret",
        "prefix": "feeds/",
        "url": address,
    }
    return connect(Settings(allow_hosts="127.0.0.1"), Connection(**described | changes), Target())


def _send(destination: CsvFiles, operations: tuple[Operation, ...] = OPERATIONS) -> object:
    payload = destination.render("carts", ("email",), operations)
    with closing(destination):
        return destination.send(Batch("carts", "000001-aa", 1, "0123456789", operations, payload))


def _downloaded(address: str, folder: Path) -> Path:
    client = _client(address)
    for entry in client.list_objects_v2(Bucket=BUCKET).get("Contents", []):
        path = folder / entry["Key"]
        path.parent.mkdir(parents=True, exist_ok=True)
        client.download_file(BUCKET, entry["Key"], str(path))
    return folder / "feeds" / "test_people"


def test_the_bucket_holds_exactly_who_is_wanted(tmp_path: Path, address: str) -> None:
    """Added, removed, and added again."""
    world = World(tmp_path)
    world.settings = world.settings.model_copy(update={"max_removed_share": 1.0})
    with closing(_destination(address)) as destination:
        world.destination = destination
        for people in (PEOPLE, {"p1": PEOPLE["p1"]}, PEOPLE):
            world.publish(people, dict.fromkeys(PEOPLE, True))
            assert world.run().status == "done"
            assert members_of(_downloaded(address, tmp_path / "copy")) == set(people)
    assert broken_promises(world) == []


def test_a_repetition_leaves_the_object_alone(address: str) -> None:
    """A consumer may be reading it."""
    _send(_destination(address))
    before = _client(address).head_object(Bucket=BUCKET, Key="feeds/carts/000001-aa.csv")

    assert _send(_destination(address)).verdict == Verdict.ANSWERED
    after = _client(address).head_object(Bucket=BUCKET, Key="feeds/carts/000001-aa.csv")
    assert after["LastModified"] == before["LastModified"]


def test_what_a_cut_attempt_left_is_no_obstacle(address: str) -> None:
    """Without a manifest nobody reads it, so another content takes its place."""
    key = "feeds/carts/000001-aa.csv"
    _client(address).delete_object(Bucket=BUCKET, Key="feeds/carts/000001-aa.manifest.json")
    _client(address).put_object(Bucket=BUCKET, Key=key, Body=b"half")

    assert _send(_destination(address)).verdict == Verdict.ANSWERED
    content = _client(address).get_object(Bucket=BUCKET, Key=key)["Body"].read()
    assert content.decode().startswith("op,key,email\n")


def test_a_bucket_that_is_not_there_stops_the_sync(address: str) -> None:
    """No row is at fault."""
    result = _send(_destination(address, bucket="another-bucket"))

    assert (result.verdict, result.error_code) == (Verdict.MISCONFIGURED, "http_404")


def test_a_request_is_signed_as_amazon_documents_it() -> None:
    """A signature that boto makes for the same request is the same."""
    from botocore.auth import S3SigV4Auth  # noqa: PLC0415
    from botocore.awsrequest import AWSRequest  # noqa: PLC0415
    from botocore.credentials import Credentials  # noqa: PLC0415

    now, body, path = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), b"a,b\n", "/bucket/%D0%B0/1.csv"
    ours = aws_headers(
        AwsKey("key", SecretStr("secret"), "eu-west-1", "s3"), "PUT", "s3.example", path, body, now
    )

    request = AWSRequest("PUT", f"https://s3.example{path}", data=body)
    request.headers["X-Amz-Content-SHA256"] = ours["x-amz-content-sha256"]
    request.headers["host"] = "s3.example"
    signer = S3SigV4Auth(Credentials("key", "secret"), "s3", "eu-west-1")
    request.context["timestamp"] = ours["x-amz-date"]
    request.headers["X-Amz-Date"] = ours["x-amz-date"]
    theirs = signer.signature(
        signer.string_to_sign(request, signer.canonical_request(request)), request
    )

    assert ours["authorization"].endswith(f"Signature={theirs}")
