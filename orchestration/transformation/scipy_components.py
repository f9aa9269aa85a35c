"""Connected components by scipy, as a function of DuckDB: a plugin of dbt-duckdb.

`profiles.yml` names this module, and the macro `connected_components` calls the function where a
graph has many links. It labels as the portable SQL does, by the smallest node of each component.
"""

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import duckdb
from dbt.adapters.duckdb.plugins import BasePlugin
from duckdb.func import PythonUDFType

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


class Plugin(BasePlugin):  # type: ignore[misc]  # not followed by mypy, see pyproject.toml
    """Gives connections the function `scipy_components(list(a), list(b))`."""

    def configure_connection(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Add the function to a warehouse, unless another connection of the process did."""
        with suppress(duckdb.CatalogException):
            connection.create_function(
                "scipy_components",
                labelled_lists,
                ["BIGINT[]", "BIGINT[]"],
                "STRUCT(node BIGINT, component BIGINT)[]",
                type=PythonUDFType.ARROW,
            )


# DuckDB evaluates the annotations, so they cannot name what is imported when it is needed.
def labelled_lists(lowers: Any, uppers: Any) -> Any:  # noqa: ANN401
    """Label graphs, one in each row.

    Args:
        lowers: Lists of one end of each link, as a `pyarrow.ChunkedArray`.
        uppers: The other ends.

    Returns:
        A `pyarrow.ListArray` of nodes and their components.
    """
    # Imported by who calls it: it takes a second, and most companies have fewer links.
    import pyarrow as pa  # noqa: PLC0415

    label = pa.struct({"node": pa.int64(), "component": pa.int64()})
    # DuckDB asks about no rows, too.
    nodes, offsets = [pa.array([], label)], [0]
    for a, b in zip(lowers, uppers, strict=True):
        labels = component_of_nodes(a.values.to_numpy(), b.values.to_numpy())
        nodes.append(pa.StructArray.from_arrays(labels, fields=list(label)))
        offsets.append(offsets[-1] + len(nodes[-1]))
    return pa.ListArray.from_arrays(offsets, pa.concat_arrays(nodes))


def component_of_nodes(
    a: "npt.NDArray[np.int64]", b: "npt.NDArray[np.int64]"
) -> "tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]":
    """Return the nodes of a graph in ascending order, and the smallest of the component of each.

    Args:
        a: One end of each link.
        b: The other end.
    """
    import numpy as np  # noqa: PLC0415
    from scipy.sparse import coo_array  # noqa: PLC0415
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    nodes, places = _numbered(np.concatenate([a, b]))
    links: npt.NDArray[np.int8] = np.ones(len(a), dtype=np.int8)
    graph = coo_array((links, np.split(places, 2)), shape=(len(nodes), len(nodes)))
    count, labels = connected_components(graph, directed=False)
    smallest = np.empty(count, dtype=np.int64)
    # Of several writes to one place the last one stays, which is that of the smallest node.
    smallest[labels[::-1]] = nodes[::-1]
    return nodes, smallest[labels]


def _numbered(
    ends: "npt.NDArray[np.int64]",
) -> "tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]":
    """Return the distinct values in ascending order, and the place of each value among them.

    `numpy.unique` does the same and takes twice the memory, which is most of what labelling needs.
    Places fit 32 bits as long as a graph has less than two thousand million nodes.
    """
    import numpy as np  # noqa: PLC0415

    order = np.argsort(ends)
    ends = ends[order]
    is_first: npt.NDArray[np.bool_] = np.ones(len(ends), dtype=np.bool_)
    np.not_equal(ends[1:], ends[:-1], out=is_first[1:])
    nodes = ends[is_first]
    del ends
    numbers = np.cumsum(is_first, dtype=np.int32)
    numbers -= 1
    places = np.empty_like(numbers)
    places[order] = numbers
    return nodes, places
