"""Certificates of authorities that vouch for servers, beside those that everybody knows."""

import ssl
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, FilePath


def verifying(root_certificate: Path | None) -> ssl.SSLContext:
    """Return what verifies servers by one authority, or by those that the system knows."""
    return ssl.create_default_context(cafile=str(root_certificate) if root_certificate else None)


def _usable(path: Path) -> Path:
    try:
        verifying(path)
    # Of which an error of TLS is one, and a file that must not be read another.
    except OSError:
        raise ValueError("it is no file of certificates in PEM") from None
    return path


RootCertificate = Annotated[FilePath, AfterValidator(_usable)]
