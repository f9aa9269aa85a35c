"""SQL texts: each package keeps its own in files of its folder `sql`."""

from functools import lru_cache
from importlib.resources import files


@lru_cache
def statement(package: str, name: str) -> str:
    """Return the text of `sql/<name>.sql` in a package."""
    return files(package).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
