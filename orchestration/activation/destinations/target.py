"""Targets: what of a destination a sync keeps equal, as its declaration names it."""

from pydantic import BaseModel, ConfigDict


class Target(BaseModel):
    """Nothing to name; a destination with lists or tables has a target of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")
