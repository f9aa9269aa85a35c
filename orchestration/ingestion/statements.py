"""The SQL texts of this package, one file each."""

from functools import lru_cache
from importlib.resources import files


@lru_cache
def statement(name: str) -> str:
    """Return the text of `sql/<name>.sql`."""
    return files(__package__).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
