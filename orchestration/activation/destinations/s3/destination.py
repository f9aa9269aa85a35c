"""A bucket as a place for CSV files."""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote

from orchestration.activation.budgets import budget_of
from orchestration.activation.destinations.files import CsvFiles, PlaceError
from orchestration.activation.destinations.http import UndeliveredError, VendorApi, vendor_client
from orchestration.activation.destinations.s3 import answers, limits
from orchestration.activation.destinations.s3.settings import Connection, Target
from orchestration.activation.destinations.signatures import AwsKey, aws_headers
from orchestration.activation.outbound import Answer, sent_host
from orchestration.settings import Settings


class S3Place:
    """Objects that are put once: a repetition finds them and leaves them alone."""

    def __init__(
        self,
        api: VendorApi,
        connection: Connection,
        wall_clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._api = api
        self._connection = connection
        self._host = sent_host(api.url)
        self._key = AwsKey(
            connection.access_key_id, connection.secret_access_key, connection.region, "s3"
        )
        self._wall_clock = wall_clock

    def get(self, folder: str, name: str) -> bytes | None:
        """Return an object, or None if there is none."""
        try:
            return self._call("GET", folder, name, b"").body
        except UndeliveredError as error:
            if _status(error) == limits.NOT_FOUND:
                return None
            raise PlaceError(error.result) from None

    def put(self, folder: str, name: str, content: bytes) -> None:
        """Put an object, unless it is there."""
        try:
            self._call("PUT", folder, name, content, if_none_match="*")
        except UndeliveredError as error:
            if _status(error) != limits.PRECONDITION_FAILED:
                raise PlaceError(error.result) from None
            self._replace_leftover(folder, name, content)

    def close(self) -> None:
        """Close the connections that were kept."""
        self._api.client.close()

    def _replace_leftover(self, folder: str, name: str, content: bytes) -> None:
        """Write over what an attempt with another content left without a manifest."""
        if self.get(folder, name) == content:
            return
        try:
            self._call("PUT", folder, name, content)
        except UndeliveredError as error:
            raise PlaceError(error.result) from None

    def _call(self, method: str, folder: str, name: str, body: bytes, **extra: str) -> Answer:
        path = quote(f"/{self._connection.bucket}/{self._connection.prefix}{folder}/{name}")
        named = {header.replace("_", "-"): value for header, value in extra.items()}
        signed = aws_headers(self._key, method, self._host, path, body, self._wall_clock())
        return self._api.with_headers(named | signed).call(
            method, path, body, content_type="text/csv"
        )


def connect(
    settings: Settings,
    connection: Connection,
    target: Target,  # noqa: ARG001 - the bucket is all there is
) -> CsvFiles:
    """Return the bucket as the environment describes it.

    Raises:
        UsageError: the address cannot be used.
    """
    url = connection.address()
    secret, pace = connection.secret_access_key.get_secret_value(), limits.REQUESTS_PER_SECOND
    budget = budget_of(settings.pauses_path, url, secret, pace)
    client = vendor_client(settings, url, connection.variable("url"), budget)
    return CsvFiles(S3Place(VendorApi(client, url, dict, answers.refusal), connection))


def _status(error: UndeliveredError) -> int | None:
    return error.answer.status if error.answer else None
