"""What `onefold doctor` looks at: each finding says what is, and how to mend it."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from orchestration.activation import SyncDeclaration, declared_syncs
from orchestration.activation.alert_channels import alert_channels
from orchestration.activation.destinations.registry import destination_for, missing_settings
from orchestration.activation.ledger import Ledger
from orchestration.errors import BusyError, OnefoldError
from orchestration.home import private_files, private_folders
from orchestration.identity.phones import phones_without_country
from orchestration.locks import hold
from orchestration.settings import Settings
from orchestration.transformation.manifest import ensure_manifest
from orchestration.warehouse import connect

State = Literal["good", "idle", "wrong"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `idle` is neither wrong nor in use."""

    subject: str
    state: State
    sentence: str
    mend: str = ""


def findings(settings: Settings) -> Iterator[Finding]:
    """Look at settings, state directory, warehouse, dbt project and destinations."""
    home = _home(settings)
    yield home
    if home.state == "wrong":
        return
    yield _raw_folder(settings)
    yield from _modes(settings)
    yield _lock(settings)
    yield _file("warehouse", settings.warehouse_path)
    yield _file("published file", settings.published_path)
    yield from _phones(settings)
    yield _ledger(settings)
    yield _ledger_key(settings)
    yield from _project_and_syncs(settings)
    yield _alerts(settings)


def _home(settings: Settings) -> Finding:
    if settings.home.is_dir() and os.access(settings.home, os.W_OK | os.X_OK):
        return Finding("state directory", "good", f"{settings.home} is there.")
    existing = next(place for place in settings.home.parents if place.exists())
    if settings.home.exists() or not os.access(existing, os.W_OK | os.X_OK):
        sentence = f"ONEFOLD_HOME names {settings.home}, which is no folder and cannot become one."
        return Finding("state directory", "wrong", sentence, "Name a folder to write to.")
    return Finding(
        "state directory", "idle", f"{settings.home} is not made yet.", "`onefold run` makes it."
    )


def _raw_folder(settings: Settings) -> Finding:
    subject, folder = "raw folder", settings.raw_dir
    if folder is None:
        sentence = "ONEFOLD_RAW_DIR is not set."
        return Finding(subject, "idle", sentence, "Set it, or give `onefold run` --raw DIR.")
    if not folder.is_dir():
        sentence = f"ONEFOLD_RAW_DIR names {folder}, which is no folder."
        return Finding(subject, "wrong", sentence, "Make the folder or correct the setting.")
    return Finding(subject, "good", f"{folder} is there.")


def _modes(settings: Settings) -> Iterator[Finding]:
    private = [path for path in private_folders(settings) if path.exists()]
    private += private_files(settings)
    for path in private:
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield Finding(
                "permissions",
                "wrong",
                f"{path} may be opened by others than its owner.",
                f"chmod go= {path}",
            )


def _lock(settings: Settings) -> Finding:
    path = settings.locks_path / "run.lock"
    if not path.exists():
        return Finding("run lock", "good", "No run loads or builds.")
    try:
        with hold(path, 0, lambda _: None):
            return Finding("run lock", "good", "No run loads or builds.")
    except BusyError:
        found = "A run loads, builds or publishes."
        return Finding("run lock", "idle", found, "A second one would wait for it.")


def _file(subject: str, path: Path) -> Finding:
    if not path.is_file():
        return Finding(subject, "idle", f"{path} is not made yet.", "`onefold run` makes it.")
    try:
        connect(path, read_only=True).close()
    except BusyError:
        return Finding(subject, "idle", f"{path} is being written.", "Look again after the run.")
    except OnefoldError as error:
        mend = "Move it aside and run again; the raw files rebuild it."
        return Finding(subject, "wrong", str(error), mend)
    return Finding(subject, "good", f"{path} opens.")


def _phones(settings: Settings) -> Iterator[Finding]:
    phones = phones_without_country(settings)
    if phones and phones.lack_a_country:
        sentence = (
            f"{phones.unread_count:,} of {phones.phone_count:,} phone numbers on records without a"
            " country cannot be read, and link nobody."
        )
        mend = "Set the var default_country in dbt_project.yml, or load a country with the records."
        yield Finding("phone numbers", "idle", sentence, mend)


def _ledger(settings: Settings) -> Finding:
    subject, path = "delivery ledger", settings.ledger_path
    if not (path.exists() or settings.ledger_snapshot_path.exists()):
        return Finding(subject, "idle", f"{path} is not made yet.", "The first sync makes it.")
    ledger = Ledger(settings)
    try:
        with ledger.session("Opening the delivery ledger"):
            return Finding(subject, "good", f"{path} opens.")
    except BusyError:
        return Finding(subject, "idle", f"{path} is being written.", "Look again later.")
    except OnefoldError as error:
        mend = "Put back a copy of it: nothing else knows what the destinations hold."
        return Finding(subject, "wrong", str(error), mend)


def _ledger_key(settings: Settings) -> Finding:
    subject, path = "key of the ledger", settings.ledger_key_path
    if not path.exists():
        # Only to look must not make one: a copy may still be put back.
        return Finding(subject, "idle", f"{path} is not there; the next publish makes a new one.")
    try:
        Ledger(settings).key()
    except OnefoldError as error:
        mend = "Put back a copy of it; with another key every row is sent once more."
        return Finding(subject, "wrong", str(error), mend)
    return Finding(subject, "good", f"{path} is a key.")


def _project_and_syncs(settings: Settings) -> Iterator[Finding]:
    try:
        manifest = ensure_manifest(settings)
        syncs = declared_syncs(manifest)
    except OnefoldError as error:
        yield Finding("dbt project", "wrong", str(error), "Correct the file it names.")
        return

    yield Finding("dbt project", "good", f"{len(manifest['nodes'])} models, seeds and tests.")
    for sync in syncs:
        yield _destination(settings, sync)


def _destination(settings: Settings, sync: SyncDeclaration) -> Finding:
    subject = f"sync {sync.name}"
    try:
        missing = missing_settings(sync.destination)
        if missing:
            mend = f"Set {' and '.join(missing)} to switch it on."
            return Finding(subject, "idle", f"{sync.destination} is not configured.", mend)
        destination_for(settings, sync)
    except OnefoldError as error:
        return Finding(subject, "wrong", str(error), "Correct the setting.")
    return Finding(subject, "good", f"{sync.destination} is configured.")


def _alerts(settings: Settings) -> Finding:
    try:
        with alert_channels(settings) as channels:
            names = " and ".join(channel.name for channel in channels)
    except OnefoldError as error:
        return Finding("alerts", "wrong", str(error), "Correct the setting.")
    if not names:
        mend = "Set ONEFOLD_ALERT_WEBHOOK_URL or ONEFOLD_ALERT_MAIL_TO to hear of trouble."
        return Finding("alerts", "idle", "Nobody is alerted when a sync fails.", mend)
    return Finding("alerts", "good", f"Changes of state are told by {names}.")
