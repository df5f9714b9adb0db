"""How small and how large a withheld count can be, given every sum it is part of: linear programs in HiGHS."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from transforms.inspection.tables.structure import Sum

Place = tuple[int, str]
CAP = 1_000_000.0
"""No Dutch municipality has more inhabitants (CBS, 1 January 2025)."""
_TOLERANCE = 1e-5


@dataclass(frozen=True)
class Bounds:
    """The smallest and largest whole number that a withheld count can be."""

    low: int
    high: int


def bounds(sums: Sequence[Sum], below: Mapping[Place, int]) -> dict[Place, Bounds]:
    """Bounds of every withheld count that is part of a sum.

    Args:
        sums: Totals and parts that add up; a sum that does not is left out by the caller.
        below: For a count printed as '<10' its bound, if that is to be believed.

    Returns:
        Bounds per row and column; nothing if the sums contradict each other, as with rounded
        or perturbed counts: from those nothing follows exactly.
    """
    places = sorted({(cell.row, cell.column) for one in sums for cell in (one.total, *one.parts) if cell.value is None})
    if not places:
        return {}
    solver = _solver(places, sums, below)
    found: dict[Place, Bounds] = {}
    for position, place in enumerate(places):
        ends = [_end(solver, position, direction) for direction in (1, -1)]
        if ends[0] is None or ends[1] is None:
            return {}
        found[place] = Bounds(int(np.ceil(ends[0] - _TOLERANCE)), int(np.floor(ends[1] + _TOLERANCE)))
    return found


def _solver(places: Sequence[Place], sums: Sequence[Sum], below: Mapping[Place, int]) -> highspy.Highs:
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy types its methods, not this
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    nothing = np.array([], dtype=np.int32), np.array([], dtype=np.float64)
    for place in places:
        least = 1.0 if place in below else 0.0
        solver.addCol(0.0, least, below.get(place, CAP + 1) - 1.0, 0, *nothing)
    for one in sums:
        terms: dict[int, float] = {}
        for cell, sign in ((one.total, 1.0), *((part, -1.0) for part in one.parts)):
            if cell.value is None:
                terms[places.index((cell.row, cell.column))] = sign
        known = float(one.visible - (one.total.count or 0))
        if terms:
            indices, signs = np.array(list(terms), dtype=np.int32), np.array(list(terms.values()))
            solver.addRow(known, known, len(terms), indices, signs)
    return solver


def _end(solver: highspy.Highs, position: int, direction: int) -> float | None:
    """The smallest (1) or largest (-1) value of one count; None if nothing fits."""
    solver.changeColCost(position, float(direction))
    solver.run()
    is_solved = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    value = float(solver.getSolution().col_value[position]) if is_solved else None
    solver.changeColCost(position, 0.0)
    return value
