"""Certificates that vouch for themselves, of the program that most servers get theirs from."""

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

# What they are for; connections go to the address that was checked.
NAME = "localhost"


@dataclass(frozen=True)
class Certificate:
    """A certificate for `localhost`, and its key."""

    path: Path
    key_path: Path

    def context(self) -> ssl.SSLContext:
        """Return what a server proves itself with."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.path, self.key_path)
        return context


def certificate(folder: Path) -> Certificate:
    """Make a certificate."""
    made = Certificate(folder / "certificate.pem", folder / "key.pem")
    subject = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    files = ["-keyout", str(made.key_path), "-out", str(made.path), "-days", "2"]
    openssl = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *files, *subject]
    subprocess.run(openssl, check=True, capture_output=True)
    return made
