"""Whether the raw folder has changed, told without reading its files."""

import hashlib
from pathlib import Path


def fingerprint(raw_dir: Path) -> str | None:
    """Return a digest of the names, sizes and times of all files, or None where there is none."""
    digest = hashlib.sha256()
    paths = sorted(path for path in raw_dir.rglob("*") if path.is_file())

    for path in paths:
        status = path.stat()
        digest.update(
            f"{path.relative_to(raw_dir)}\0{status.st_size}\0{status.st_mtime_ns}\n".encode(
                errors="surrogateescape"
            )
        )
    return digest.hexdigest() if paths else None
