"""onefold: loading, orchestration, delivery and the command line around the dbt project."""

from importlib.metadata import version

__version__ = version("onefold")
