"""The fewest cells that can be suppressed, by one integer program that says what safe means, and nothing clever.

Per cell two files of persons: one that makes it large, one that makes the interval wide. Up to
80 cells in seconds; hopeless for 315.
"""

import highspy
import numpy as np
import numpy.typing as npt

from tests.oracles.attacker import Tabel, members_of
from tests.oracles.shape import small


class _Model:
    """A switch per cell, and files of persons in which only suppressed cells may differ from the truth."""

    def __init__(self, table: npt.NDArray[np.int64], allowed: npt.NDArray[np.bool_], names: tuple[str, ...]) -> None:
        tabel = Tabel(names, table, table > 0)
        self.solver = highspy.Highs()
        self.solver.silent()
        self.solver.setOptionValue("threads", 1)
        self.solver.setOptionValue("mip_rel_gap", 0.0)
        self.sums = [np.flatnonzero(row).tolist() for row in members_of(tabel, [tabel])]
        self.truth = table.ravel().astype(float)
        forced, possible = small(table).ravel(), (allowed & (np.arange(table.size) < table.size - 1))
        kind = highspy.HighsVarType.kInteger
        bounds = zip(forced.astype(float), possible.astype(float), strict=True)
        self.hidden = [self.solver.addVariable(lb=low, ub=high, type=kind) for low, high in bounds]

    def file(self) -> list:
        """Per cell the count in another file that may be the true one."""
        everybody = self.truth[-1]
        joint = [self.solver.addVariable(lb=0, ub=everybody) for _ in range(max(map(max, self.sums)) + 1)]
        cells = [self.solver.qsum(joint[column] for column in columns) for columns in self.sums]
        for cell, truth, hidden in zip(cells, self.truth, self.hidden, strict=True):
            self.solver.addConstr(cell - (everybody - truth) * hidden <= truth)
            self.solver.addConstr(cell + truth * hidden >= truth)
        return cells


def fewest(table: npt.NDArray[np.int64], threshold: int, width: int, *, zeros: bool = True, every: bool = True) -> int:
    """The number of cells in the smallest safe pattern that publishes the grand total.

    Args:
        zeros: Whether zeros may be suppressed.
        every: Whether every suppressed cell must be safe, or small ones only.
    """
    allowed = (table > 0).ravel() | zeros
    model = _Model(table, allowed, tuple(f"{axis}" for axis in range(table.ndim)))
    protect = allowed if every else small(table).ravel()
    for place in np.flatnonzero(protect[:-1]):
        large, low = model.file()[place], model.file()[place]
        model.solver.addConstr(large - threshold * model.hidden[place] >= 0)
        model.solver.addConstr(large - low - width * model.hidden[place] >= 0)
    model.solver.minimize(model.solver.qsum(model.hidden))
    if model.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"no proven optimum: {model.solver.getModelStatus()}")
    return round(model.solver.getObjectiveValue())
