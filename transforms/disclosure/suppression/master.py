"""Master program: the cheapest pattern that keeps every condition found so far.

A condition says: as much capacity as `least` must be among the suppressed counts. Every safe pattern keeps all
conditions, so the cheapest pattern that keeps those found so far costs at most as much as the cheapest safe one: a
lower bound. It is a bound from the start, and when the pattern itself is safe, it is the optimum (Fischetti and
Salazar-González, Management Science 47, 2001; the conditions are their capacity and bridge-less inequalities).
"""

import math
from contextlib import suppress
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from schemas.errors import DisclosureFailure, NoSafePattern
from transforms.disclosure.model.solver import Floats, Options, Pattern, accept, ask_again, new_solver, require_answer

_EPSILON = 1e-6
_NODES = 200
"""Nodes per integer program; a number of nodes, unlike seconds, is the same on every machine."""

_OPTIONS: Options = {"mip_max_nodes": _NODES}


_LEAST_PRICE = 1e-3
"""Part of its price that it costs to publish a count of a pattern that is to be kept."""


@dataclass(frozen=True)
class Proposal:
    """A pattern that keeps all conditions, and a lower bound.

    The pattern is 0 to 1 per count; no safe pattern costs less than the bound.
    """

    pattern: Floats
    bound: int


class Master:
    """Proposes patterns.

    Args:
        prices: Cost of suppressing each count; whole numbers.
        always: Counts that are suppressed in every pattern.
        never: Counts that are published in every pattern.
    """

    def __init__(self, prices: npt.NDArray[np.int64], always: Pattern, never: Pattern) -> None:
        if np.any(always & never):
            raise DisclosureFailure("what is always published, or was before, would have to be suppressed")
        self.conditions = 0
        self.work = 0.0
        self._prices, self._always, self._never, self._may = prices, always, never, ~never
        self._numbers = np.arange(len(prices), dtype=np.int32)
        self._known: set[bytes] = set()
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(prices), 0
        lp.col_cost_ = prices.astype(np.float64)
        lp.col_lower_ = always.astype(np.float64)
        lp.col_upper_ = (~never).astype(np.float64)
        self._solver = new_solver(lp, _OPTIONS)

    def require(self, capacity: Floats, least: float, count: int | None = None) -> bool:
        """Add a condition: suppressed capacity of at least `least`, if `count` is suppressed.

        Counts that are always suppressed move to the other side, those that never are fall away, and a
        capacity is cut off at what remains to be found (Fischetti and Salazar-González, section 4).

        Returns:
            Whether the condition is new and says anything.
        """
        is_conditional = count is not None and not self._always[count]
        remaining_capacity = np.where(self._always | self._never, 0.0, capacity)
        if is_conditional:
            remaining_capacity[count] = 0.0
        remaining = least - float(capacity[self._always].sum()) - (float(capacity[count]) if is_conditional else 0.0)
        if remaining <= _EPSILON:
            return False
        row = np.minimum(remaining_capacity / remaining, 1.0)
        if is_conditional:
            row[count] = -1.0
        return self._add(row, 0.0 if is_conditional else 1.0)

    def _add(self, row: Floats, least: float) -> bool:
        """Add a row to the program unless it is known; return whether it is new."""
        places = np.flatnonzero(np.abs(row) > 1e-12).astype(np.int32)
        # Rounded up: a condition may be slightly weaker than proven, never stronger.
        values = np.ceil(row[places] / _EPSILON) * _EPSILON
        name = places.tobytes() + np.rint(values / _EPSILON).tobytes()
        if name in self._known:
            return False
        self._known.add(name)
        self.conditions += 1
        accept(self._solver.addRow(least, highspy.kHighsInf, len(places), places, values))
        return True

    def relax(self) -> Proposal:
        """Propose the cheapest pattern when counts may be suppressed in part."""
        self._integrality(highspy.HighsVarType.kContinuous)
        accept(self._solver.setOptionValue("presolve", "off"))
        self._solver.run()
        status = self._solver.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            status = ask_again(self._solver)
        _require_pattern(status)
        return self._proposal(self._solver.getInfo().objective_function_value)

    def solve(self, within: Pattern | None = None) -> Proposal:
        """Propose the cheapest pattern, or the cheapest that suppresses nothing but `within`."""
        return self._whole(self._always, self._may if within is None else within)

    def extend(self, pattern: Pattern, within: Pattern | None = None) -> Pattern:
        """Return the cheapest pattern that suppresses at least these counts, or as many of them as it can.

        Beside figures of others a suppressed count may be safe only if it is published.
        """
        highest = self._may if within is None else within
        with suppress(NoSafePattern):
            return self._whole(self._always | pattern, highest).pattern > 0.5
        self._price(np.where(pattern, -_LEAST_PRICE * self._prices, self._prices))
        try:
            return self._whole(self._always, highest).pattern > 0.5
        finally:
            self._price(self._prices)

    def _whole(self, lowest: Pattern, highest: Pattern) -> Proposal:
        """Propose the cheapest pattern that suppresses at least `lowest` and at most `highest`."""
        self._bound(lowest, highest)
        self._integrality(highspy.HighsVarType.kInteger)
        accept(self._solver.setOptionValue("presolve", "choose"))
        try:
            self._solver.run()
            status = self._solver.getModelStatus()
            if status not in {highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kSolutionLimit}:
                status = ask_again(self._solver)
            # At the limit of nodes there is a pattern and a bound, though perhaps not the best ones.
            if status != highspy.HighsModelStatus.kSolutionLimit or not np.isfinite(
                self._solver.getInfo().objective_function_value
            ):
                _require_pattern(status)
            return self._proposal(self._solver.getInfo().mip_dual_bound)
        finally:
            self._bound(self._always, self._may)

    def cost(self, pattern: Pattern) -> int:
        """Return the price of a pattern."""
        return int(self._prices[pattern].sum())

    def _proposal(self, bound: float) -> Proposal:
        """Return the solver's pattern with a bound in whole units, and add its iterations to `work`."""
        info = self._solver.getInfo()
        self.work += max(0, info.simplex_iteration_count) * max(1, self.conditions)
        values = np.array(self._solver.getSolution().col_value)
        return Proposal(np.clip(values, 0.0, 1.0), math.ceil(bound - 1e-4))

    def _bound(self, lowest: Pattern, highest: Pattern) -> None:
        """Suppress at least `lowest` and at most `highest`, and leave the rest to the solver."""
        floor, ceiling = lowest.astype(np.float64), highest.astype(np.float64)
        accept(self._solver.changeColsBounds(len(self._numbers), self._numbers, floor, np.maximum(floor, ceiling)))

    def _price(self, prices: npt.NDArray[np.float64] | npt.NDArray[np.int64]) -> None:
        """Set what it costs to suppress each count."""
        accept(self._solver.changeColsCost(len(prices), self._numbers, prices.astype(np.float64)))

    def _integrality(self, kind: highspy.HighsVarType) -> None:
        """Let counts be suppressed in part, or not."""
        kinds = np.full(len(self._numbers), int(kind), dtype=np.uint8)
        accept(self._solver.changeColsIntegrality(len(kinds), self._numbers, kinds))


def _require_pattern(status: highspy.HighsModelStatus) -> None:
    """Raise `NoSafePattern` if no pattern keeps the conditions, or the solver does not say."""
    if not require_answer(status, allow_nothing=True):
        raise NoSafePattern
