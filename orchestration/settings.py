"""Settings from the environment: the only place that reads `os.environ`."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from orchestration.certificates import RootCertificate
from orchestration.errors import UsageError

PROJECT_DIR = Path(__file__).resolve().parent.parent

Inference = Literal["off", "review", "on"]
Language = Literal["en", "ru"]

# Nothing is less or more than "not a number", so that such a limit would never be reached.
Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Times = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Rows = Annotated[int, Field(ge=0)]


class Settings(BaseSettings):
    """Everything that can be set from outside; each field is `ONEFOLD_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix="ONEFOLD_", env_ignore_empty=True)

    home: Path = Path("data")
    now: datetime | None = None
    raw_dir: Path | None = None
    # Folder with records.csv: who is who in truth, to measure people by.
    truth_dir: Path | None = None
    identity_inference: Inference = "off"
    # On DuckDB, graphs of so many links are labelled by scipy; it takes seconds to load.
    scipy_from_links: Annotated[int, Field(ge=0)] = 5_000_000
    # Of what is explained to people; logs and JSON are English.
    language: Language = "en"
    lock_timeout_seconds: Seconds = 600.0

    # Addresses and credentials of destinations are in the connection of each.
    allow_hosts: str = ""
    # An authority that vouches for https addresses of the company's own.
    https_root_certificate: RootCertificate | None = None
    http_timeout_seconds: Annotated[Seconds, Field(gt=0)] = 30.0
    # Longest time that one run of a sync spends waiting between attempts.
    sync_budget_seconds: Seconds = 300.0
    # A plan that removes more than this share and more than this number of people is blocked.
    max_removed_share: Share = 0.2
    max_removed_rows: Rows = 50
    # So is one that has more people never planned before than this many, and than this many times
    # those who were.
    max_added_share: Times = 3.0
    max_added_rows: Rows = 500
    # And one where more changes than this come of people who were joined or parted.
    max_renamed_share: Share = 0.1
    max_renamed_rows: Rows = 50

    @field_validator("home")
    @classmethod
    def _absolute(cls, path: Path) -> Path:
        return path.expanduser().resolve()

    @field_validator("now")
    @classmethod
    def _as_utc(cls, moment: datetime | None) -> datetime | None:
        if moment is None:
            return None
        try:
            return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        except OverflowError as error:
            raise ValueError("is before the first or after the last year in UTC") from error

    @property
    def warehouse_path(self) -> Path:
        """The working warehouse: one writer, never read by others."""
        return self.home / "warehouse.duckdb"

    @property
    def ledger_path(self) -> Path:
        """The delivery ledger: append-only, outlives every rebuild of the warehouse."""
        return self.home / "activation.duckdb"

    @property
    def ledger_snapshot_path(self) -> Path:
        """Copy of the ledger that dbt reads while the ledger itself stays free."""
        return self.home / "ledger_snapshot.duckdb"

    @property
    def ledger_key_path(self) -> Path:
        """Key of the digests in the ledger."""
        return self.home / "ledger.key"

    @property
    def snapshots_path(self) -> Path:
        """What syncs read: one file per run, for its owner only."""
        return self.home / "snapshots"

    @property
    def locks_path(self) -> Path:
        """Lock files between processes."""
        return self.home / "locks"

    @property
    def pauses_path(self) -> Path:
        """Until when vendors want to be left alone: a file per account that was told to wait."""
        return self.home / "pauses"

    @property
    def spill_path(self) -> Path:
        """Where the deliveries put what does not fit into memory, as long as it is needed."""
        return self.home / "spill"

    @property
    def published_path(self) -> Path:
        """The file that BI tools read."""
        return self.home / "published" / "onefold.duckdb"

    @property
    def target_path(self) -> Path:
        """Dbt's artifacts: manifest, compiled SQL, run results."""
        return self.home / "dbt" / "target"

    @property
    def dagster_home(self) -> Path:
        """Dagster's run storage."""
        return self.home / "dagster"

    def clock(self) -> datetime:
        """Return the present moment in UTC, or the one that `ONEFOLD_NOW` puts in its place."""
        return self.now or datetime.now(UTC)


class ConnectionSettings(BaseSettings):
    """Address and credentials of a destination; a subclass names the prefix of its variables."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True)

    # Fields that are used as the bytes that the environment holds, be they text or not.
    any_bytes: ClassVar[frozenset[str]] = frozenset()

    @field_validator("*")
    @classmethod
    def _is_text(cls, value: object, info: ValidationInfo) -> object:
        # Told here: on the way out it could not be written, be it into a header or a body.
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        if isinstance(text, str) and info.field_name not in cls.any_bytes and not _is_utf8(text):
            raise ValueError("it is no text in UTF-8")
        return value

    @classmethod
    def missing(cls) -> list[str]:
        """Return the environment variables that are needed and not set.

        Raises:
            UsageError: one is set to a value that cannot be used.
        """
        try:
            cls()
        except ValidationError as error:
            problems = error.errors(include_input=False)
            unset = [cls._variable(problem) for problem in problems if _is_missing(problem)]
            if not unset:
                name = cls._variable(problems[0])
                raise UsageError(f"{name} cannot be used: {problems[0]['msg']}.") from None
            return unset
        return []

    @classmethod
    def variable(cls, field: str) -> str:
        """Return the environment variable of a field."""
        return f"{cls.model_config.get('env_prefix', '')}{field}".upper()

    @classmethod
    def _variable(cls, problem: Mapping[str, Any]) -> str:
        return cls.variable(".".join(str(part) for part in problem["loc"]))


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_missing(problem: Mapping[str, Any]) -> bool:
    return bool(problem["type"] == "missing")


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """Read the settings once.

    Raises:
        UsageError: a setting has a value that cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        problem = error.errors(include_input=False)[0]
        name = "ONEFOLD_" + ".".join(str(part) for part in problem["loc"]).upper()
        raise UsageError(f"{name} cannot be used: {problem['msg']}.") from None


def set_environment(**values: str) -> None:
    """Set variables for this process and its children, then forget the settings read before."""
    os.environ.update(values)
    get_settings.cache_clear()


def environment_for(settings: Settings) -> dict[str, str]:
    """Return the environment of a child process that works in the home of these settings."""
    return os.environ | _read_by_dbt(settings)


def export_environment() -> None:
    """Hand the resolved home to child processes and switch every library's telemetry off."""
    settings = get_settings()
    os.environ.update(
        {
            **_read_by_dbt(settings),
            "DAGSTER_HOME": str(settings.dagster_home),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            "DO_NOT_TRACK": "1",
            "DAGSTER_DISABLE_TELEMETRY": "yes",
        }
    )


def _read_by_dbt(settings: Settings) -> dict[str, str]:
    return {
        "ONEFOLD_HOME": str(settings.home),
        "ONEFOLD_IDENTITY_INFERENCE": settings.identity_inference,
        "ONEFOLD_SCIPY_FROM_LINKS": str(settings.scipy_from_links),
    }
