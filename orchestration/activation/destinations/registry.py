"""Destinations by the names that exposures use."""

from collections.abc import Iterable, Mapping
from importlib import import_module
from types import ModuleType

from pydantic import ValidationError

from orchestration.activation.declarations import KEY, SyncDeclaration
from orchestration.activation.destinations.protocol import Destination, MatchesByKey
from orchestration.activation.destinations.target import Target
from orchestration.errors import UsageError
from orchestration.settings import Settings

PACKAGE = "orchestration.activation.destinations"

# The folder of each; it is read when a sync names it, since some need a driver of their own.
DESTINATIONS: Mapping[str, str] = {
    "braze": "braze",
    "csv": "csv_drop",
    "google": "google",
    "hubspot": "hubspot",
    "klaviyo": "klaviyo",
    "mailchimp": "mailchimp",
    "meta": "meta",
    "postgres": "postgres",
    "redis": "redis",
    "s3": "s3",
    "sftp": "sftp",
    "smtp": "smtp",
    "webhook": "webhook",
    "yandex": "yandex",
}


def missing_settings(name: str) -> list[str]:
    """Return the environment variables that a destination still needs.

    Raises:
        UsageError: no destination has this name, or a setting of it cannot be used.
    """
    missing: list[str] = destination_module(name).Connection.missing()
    return missing


def destination_for(settings: Settings, declaration: SyncDeclaration) -> Destination | None:
    """Return the destination of a sync, ready to send, or None if it is not configured.

    Raises:
        UsageError: no destination has this name, or the declaration or a setting cannot be used.
    """
    module = destination_module(declaration.destination)
    target = _target(module, declaration)
    if missing_settings(declaration.destination):
        return None
    destination: Destination = module.connect(settings, module.Connection(), target)
    _check_match_keys(destination, declaration)
    return destination


def destination_module(name: str) -> ModuleType:
    """Return what a destination is made of: `Connection`, `Target` and `connect`.

    Raises:
        UsageError: no destination has this name, or its driver is not installed.
    """
    if name not in DESTINATIONS:
        known = ", ".join(sorted(DESTINATIONS))
        raise UsageError(f"No destination is named {name}; there are {known}.")
    try:
        return import_module(f"{PACKAGE}.{DESTINATIONS[name]}")
    except ModuleNotFoundError as error:
        raise UsageError(
            f"Destination {name} needs the package {error.name}, which is not installed: "
            f"pip install 'onefold[{name}]'."
        ) from None


def check_declarations(declarations: Iterable[SyncDeclaration]) -> None:
    """Hold each sync against its destination, so that a mistake stops the load, not the delivery.

    Raises:
        UsageError: no destination has the name, or it cannot honour the mode or the target.
    """
    for declaration in declarations:
        _target(destination_module(declaration.destination), declaration)


def _target(module: ModuleType, declaration: SyncDeclaration) -> Target:
    try:
        target: Target = module.Target.model_validate(declaration.target)
    except ValidationError as error:
        problem = error.errors(include_input=False)[0]
        field = ".".join(str(part) for part in ("target", *problem["loc"]))
        raise UsageError(
            f"Exposure {declaration.name}: config.meta.sync.{field} cannot be used: "
            f"{problem['msg']}."
        ) from None
    if declaration.mode not in target.modes():
        known = ", ".join(sorted(target.modes()))
        raise UsageError(
            f"Exposure {declaration.name}: config.meta.sync.mode cannot be {declaration.mode} at "
            f"{declaration.destination}; it can be {known}."
        )
    return target


def _check_match_keys(destination: Destination, declaration: SyncDeclaration) -> None:
    is_matching = isinstance(destination, MatchesByKey)
    known = destination.match_kinds if isinstance(destination, MatchesByKey) else (KEY,)
    unknown = set(declaration.match_keys) - set(known)
    if unknown or (not is_matching and declaration.match_keys != known):
        raise UsageError(
            f"Exposure {declaration.name}: config.meta.sync.match_keys of "
            f"{declaration.destination} can be {', '.join(known)}."
        )
