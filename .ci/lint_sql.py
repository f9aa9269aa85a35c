"""sqlfluff as it is, in a good half of the time.

Macros make SQL of thousands of words, and of each the layout rules ask how it is nested.
"""

import gc
import sys

from sqlfluff.cli.commands import cli
from sqlfluff.core.parser.segments.base import BaseSegment
from sqlfluff.utils.reflow.depthmap import DepthMap


class LastDepthMap:
    """The nesting of the file at hand, which four rules otherwise find out one after another."""

    def __init__(self) -> None:
        self._parent: BaseSegment | None = None
        self._found: DepthMap | None = None
        self._find = DepthMap.from_parent

    def of(self, parent: BaseSegment) -> DepthMap:
        """Return the nesting of the same segment again, or that of another."""
        if self._found is None or parent is not self._parent:
            self._parent, self._found = parent, self._find(parent)
        return self._found


if __name__ == "__main__":
    # To search all of the dbt project for garbage every 700 objects takes a quarter of the time.
    gc.set_threshold(200_000, 20, 50)
    DepthMap.from_parent = LastDepthMap().of  # type: ignore[method-assign, assignment]
    sys.exit(cli(["lint", *sys.argv[1:]]))
