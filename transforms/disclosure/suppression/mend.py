"""Quick repair of a pattern: protect each unprotected count at the lowest price.

In a linear program every count may move, at a price as long as it is published; the counts that move when one is made
large (or small) enough are suppressed (after Kelly, Golden and Assad, Networks 22, 1992). The pattern is safe and
usually within a few cells of the cheapest one.
"""

import highspy
import numpy as np

from transforms.disclosure.model.joint import Terms
from transforms.disclosure.model.solver import (
    CAP,
    TOLERANCE,
    Floats,
    Options,
    Pattern,
    accept,
    new_solver,
    require_answer,
)
from transforms.disclosure.suppression.separation import Attacker
from transforms.disclosure.suppression.task import Task

_OPTIONS: Options = {"presolve": "off"}


class Mender:
    """Adds to patterns until every suppressed count has room.

    Args:
        task: The counts to protect.
        attacker: From whom.
        never: Counts that are never suppressed; rounded ones among them move as far as their rounding.
    """

    def __init__(self, task: Task, attacker: Attacker, never: Pattern) -> None:
        self.work = 0.0
        self._task, self._never = task, never
        self._truth = task.truth.astype(np.float64)
        self._limits = attacker.limits
        self._most_up = np.where(never, task.high - self._truth, task.room_up)
        self._most_down = np.where(never, self._truth - task.low, self._truth - attacker.floor)
        self._rise = task.system.hidden
        self._fall = self._rise + len(self._truth)
        self._rows = len(self._truth) + len(task.system.relations)
        self._solver = new_solver(_model(task, attacker.persons, self._most_up, self._most_down), _OPTIONS)

    def mend(self, pattern: Pattern) -> Pattern:
        """Return the pattern with what must be suppressed to protect it; `Demand`s apart."""
        hidden = pattern.copy()
        for count in range(len(hidden)):
            self._price(count, hidden[count])
        low, high = self._truth.copy(), self._truth.copy()
        waiting = [int(count) for count in np.argsort(self._truth, kind="stable") if hidden[count]]
        for count in waiting:
            for _ in range(3):
                if (file := self._witness(count, low[count], high[count])) is None:
                    break
                low, high = np.minimum(low, file), np.maximum(high, file)
                changed = np.flatnonzero((np.abs(file - self._truth) > TOLERANCE) & ~hidden & ~self._never)
                for other in changed:
                    self._price(int(other), is_hidden=True)
                hidden[changed] = True
                waiting.extend(int(other) for other in changed)
        return hidden

    def _witness(self, count: int, low: float, high: float) -> Floats | None:
        """Return the counts of a file that gives this count the room that it lacks.

        None if it lacks none, or if no such file is found.
        """
        threshold, width = float(self._limits.high[count]), float(self._limits.width[count])
        if high < threshold - TOLERANCE:
            return self._cheapest_file(count, threshold)
        if high - low >= width - TOLERANCE:
            return None
        down = self._cheapest_file(count, high - width) if high - width >= 0 else None
        return self._cheapest_file(count, low + width) if down is None else down

    def _cheapest_file(self, count: int, target: float) -> Floats | None:
        """Return the cheapest file in which a count reaches the target, from above or below; None if none does."""
        up, down = max(0.0, target - self._truth[count]), max(0.0, self._truth[count] - target)
        if down > self._most_down[count] or up > self._most_up[count]:
            return None
        self._bound(count, (up, self._most_up[count] if up else 0.0), (down, self._most_down[count] if down else 0.0))
        self._solver.run()
        status = self._solver.getModelStatus()
        self.work += max(0, self._solver.getInfo().simplex_iteration_count) * self._rows
        values = np.array(self._solver.getSolution().col_value)
        self._bound(count, (0.0, self._most_up[count]), (0.0, self._most_down[count]))
        if not require_answer(status, allow_nothing=True):
            return None
        rise, fall = values[self._rise : self._fall], values[self._fall :]
        return np.asarray(self._truth + rise - fall)

    def _bound(self, count: int, rise: tuple[float, float], fall: tuple[float, float]) -> None:
        """Set how far a count may rise and fall."""
        accept(self._solver.changeColBounds(self._rise + count, *rise))
        accept(self._solver.changeColBounds(self._fall + count, *fall))

    def _price(self, count: int, is_hidden: bool) -> None:
        """Set what it costs to move a count: nothing once it is suppressed."""
        price = 0.0 if is_hidden or self._never[count] else float(self._task.prices[count])
        accept(self._solver.changeColCost(self._rise + count, price))
        accept(self._solver.changeColCost(self._fall + count, price))


def _model(task: Task, persons: Floats, most_up: Floats, most_down: Floats) -> highspy.HighsLp:
    """Return the linear program of all movements.

    Columns: hidden cells, rises, falls. A count is its truth plus a rise minus a fall.
    """
    counts, hidden = len(task.truth), task.system.hidden
    rows: list[Terms] = [
        (*((column, 1) for column in columns), (hidden + count, -1), (hidden + counts + count, 1))
        for count, columns in enumerate(task.system.sums)
    ]
    rows.extend(relation.terms for relation in task.system.relations)
    lowest = [0.0 if relation.exact else -highspy.kHighsInf for relation in task.system.relations]
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = hidden + 2 * counts, len(rows)
    lp.col_cost_, lp.col_lower_ = np.zeros(lp.num_col_), np.concatenate([persons, np.zeros(2 * counts)])
    lp.col_upper_ = np.concatenate([np.full(hidden, CAP), most_up, most_down])
    lp.row_lower_ = np.concatenate([task.truth.astype(np.float64), lowest])
    lp.row_upper_ = np.concatenate([task.truth.astype(np.float64), np.zeros(len(lowest))])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *map(len, rows)])
    lp.a_matrix_.index_ = np.array([column for terms in rows for column, _ in terms])
    lp.a_matrix_.value_ = np.array([coefficient for terms in rows for _, coefficient in terms], dtype=np.float64)
    return lp
