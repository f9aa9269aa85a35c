"""Where the nodes of a small graph go: the same graph always gets the same places.

Places are in cells of one by one. No two nodes are nearer than a cell, so that labels which fit
into a cell never overlap.
"""

import math
from collections.abc import Sequence
from itertools import combinations

Place = tuple[float, float]
Pairs = Sequence[tuple[str, str]]

# Points on a spiral of this angle fill the plane evenly.
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
STEPS = 200
# How far linked nodes are from each other when nothing else pulls or pushes.
DISTANCE = 1.5
# Nodes farther from each other do not push; whoever drifts off is drawn back to the middle.
REACH = 3.0
GRAVITY = 0.3
TALLEST_COLUMN = 7
# Room between blocks, and the width beyond which a new row of blocks begins.
GAP = 0.8
WIDEST_ROW = 12.0


def layout(blocks: Sequence[Sequence[str]], pairs: Pairs) -> dict[str, Place]:
    """Place the nodes of each block near each other, and the blocks side by side."""
    shapes = [_shape(block, pairs) for block in blocks if block]
    places: dict[str, Place] = {}
    for row in _rows(shapes):
        top = max((y for _, y in places.values()), default=-1 - GAP) + 1 + GAP
        height, left = max(_size(shape)[1] for shape in row), 0.0
        for shape in row:
            width, own_height = _size(shape)
            middle = top + (height - own_height) / 2
            places |= {key: (left + x, middle + y) for key, (x, y) in shape.items()}
            left += width + 1 + GAP
    return places


def _rows(shapes: list[dict[str, Place]]) -> list[list[dict[str, Place]]]:
    rows: list[list[dict[str, Place]]] = [[]]
    for shape in shapes:
        width = sum(_size(before)[0] + 1 + GAP for before in rows[-1]) + _size(shape)[0]
        if rows[-1] and width > WIDEST_ROW:
            rows.append([])
        rows[-1].append(shape)
    return rows


def _shape(block: Sequence[str], pairs: Pairs) -> dict[str, Place]:
    """Draw linked nodes together; let nodes without links among them stand in columns."""
    inner = [(one, other) for one, other in pairs if one in block and other in block]
    if not inner:
        height = math.ceil(len(block) / math.ceil(len(block) / TALLEST_COLUMN))
        places = {key: (float(n // height), float(n % height)) for n, key in enumerate(block)}
    else:
        places = _apart(_pulled(block, inner))
    left, top = (min(place[axis] for place in places.values()) for axis in (0, 1))
    return {key: (x - left, y - top) for key, (x, y) in places.items()}


def _pulled(block: Sequence[str], pairs: Pairs) -> dict[str, Place]:
    """Let all nodes push each other off and linked ones pull, ever more gently."""
    places = {
        key: (math.sqrt(n) * math.cos(n * GOLDEN_ANGLE), math.sqrt(n) * math.sin(n * GOLDEN_ANGLE))
        for n, key in enumerate(block)
    }
    linked = {frozenset(pair) for pair in pairs}
    for step in range(STEPS):
        forces = {key: (-GRAVITY * x, -GRAVITY * y) for key, (x, y) in places.items()}
        for one, other in combinations(block, 2):
            x, y = _difference(places[one], places[other])
            distance = max(math.hypot(x, y), 0.01)
            pull = distance**2 / DISTANCE if {one, other} in linked else 0.0
            push = DISTANCE**2 / distance if distance < REACH else 0.0
            strength = (pull - push) / distance
            forces[one] = _moved(forces[one], x * strength, y * strength)
            forces[other] = _moved(forces[other], -x * strength, -y * strength)
        longest = 0.6 * (1 - step / STEPS) + 0.01
        for key, (x, y) in forces.items():
            shortened = min(1.0, longest / max(math.hypot(x, y), 0.01))
            places[key] = _moved(places[key], x * shortened, y * shortened)
    return places


def _apart(places: dict[str, Place]) -> dict[str, Place]:
    """Push nodes that share a part of a cell off each other, the shorter way, until none do."""
    is_crowded = True
    while is_crowded:
        is_crowded = False
        for one, other in combinations(places, 2):
            x, y = _difference(places[one], places[other])
            if max(abs(x), abs(y)) >= 1:
                continue
            is_crowded = True
            if abs(x) >= abs(y):
                push = (math.copysign(1.02, x) - x) / 2, 0.0
            else:
                push = 0.0, (math.copysign(1.02, y) - y) / 2
            places[one] = _moved(places[one], -push[0], -push[1])
            places[other] = _moved(places[other], *push)
    return places


def _difference(one: Place, other: Place) -> Place:
    return other[0] - one[0], other[1] - one[1]


def _moved(place: Place, x: float, y: float) -> Place:
    return place[0] + x, place[1] + y


def _size(shape: dict[str, Place]) -> Place:
    return max(x for x, _ in shape.values()), max(y for _, y in shape.values())
