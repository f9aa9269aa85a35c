"""Targets: what of a destination a sync keeps equal, as its declaration names it."""

from pydantic import BaseModel, ConfigDict

from orchestration.activation.declarations import Mode

# The engine alone sees to these, wherever a row can be put in and taken out.
PLAIN_MODES: frozenset[Mode] = frozenset({"mirror", "upsert", "delete"})
# Of a receiver that is told in a word what to do.
ALL_MODES: frozenset[Mode] = PLAIN_MODES | {"update", "insert", "append", "archive"}


class Target(BaseModel):
    """Nothing to name; a destination with lists or tables has a target of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def modes(self) -> frozenset[Mode]:
        """Return the modes that the destination can honour here."""
        return PLAIN_MODES


class TargetOfWords(Target):
    """Nothing to name, at a receiver that is told in a word what to do with each row."""

    def modes(self) -> frozenset[Mode]:
        """Return all modes."""
        return ALL_MODES
