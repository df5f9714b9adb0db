"""Bounds of withheld counts by all sums of a table.

Linear programs in HiGHS.
"""

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
    """Return bounds of every withheld count that is part of a sum.

    Args:
        sums: Totals and parts that add up; the caller leaves out a sum that does not.
        below: Bound of each count printed as '<10', if it is to be used.

    Returns:
        Bounds per row and column; nothing if the sums contradict each other, as with rounded
        or perturbed counts: from those nothing follows exactly.
    """
    places = sorted(
        {
            (cell.row, cell.column)
            for table_sum in sums
            for cell in (table_sum.total, *table_sum.parts)
            if cell.value is None
        }
    )
    if not places:
        return {}
    solver = _solver(places, sums, below)
    bounds_of: dict[Place, Bounds] = {}
    for position, place in enumerate(places):
        ends = [_end(solver, position, direction) for direction in (1, -1)]
        if ends[0] is None or ends[1] is None:
            return {}
        bounds_of[place] = Bounds(int(np.ceil(ends[0] - _TOLERANCE)), int(np.floor(ends[1] + _TOLERANCE)))
    return bounds_of


def _solver(places: Sequence[Place], sums: Sequence[Sum], below: Mapping[Place, int]) -> highspy.Highs:
    """Return the linear program of these sums: a column per withheld count, a row per sum."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy types its methods, not this
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    nothing = np.array([], dtype=np.int32), np.array([], dtype=np.float64)
    for place in places:
        least = 1.0 if place in below else 0.0
        solver.addCol(0.0, least, below.get(place, CAP + 1) - 1.0, 0, *nothing)
    for table_sum in sums:
        terms: dict[int, float] = {}
        for cell, sign in ((table_sum.total, 1.0), *((part, -1.0) for part in table_sum.parts)):
            if cell.value is None:
                terms[places.index((cell.row, cell.column))] = sign
        constant = float(table_sum.visible - (table_sum.total.count or 0))
        if terms:
            indices, signs = np.array(list(terms), dtype=np.int32), np.array(list(terms.values()))
            solver.addRow(constant, constant, len(terms), indices, signs)
    return solver


def _end(solver: highspy.Highs, position: int, direction: int) -> float | None:
    """Return the smallest (1) or largest (-1) value of one count; None if nothing fits."""
    solver.changeColCost(position, float(direction))
    solver.run()
    is_solved = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    value = float(solver.getSolution().col_value[position]) if is_solved else None
    solver.changeColCost(position, 0.0)
    return value
