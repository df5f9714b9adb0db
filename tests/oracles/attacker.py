"""An attacker who shares no code with `transforms`: a linear program over the full joint.

He knows the tables, which of their cells are published, and that no count is negative.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Tabel:
    """A table as it is published.

    Attributes:
        names: One name per axis. Tables are linked by the names that they share.
        values: Counts; the last position on every axis is the total. Not read where hidden.
        hidden: Which of them are suppressed; same shape.
        reach: How far a published value may be from the true one.
    """

    names: tuple[str, ...]
    values: npt.NDArray[np.int64]
    hidden: npt.NDArray[np.bool_]
    reach: int = 0


@dataclass(frozen=True)
class Bounds:
    """Smallest and largest possible value per cell; both are the value where a cell is published."""

    low: Floats
    high: Floats


def attack(tables: Sequence[Tabel]) -> list[Bounds]:
    """What follows from all tables together, per table.

    Raises:
        RuntimeError: The solver did not end with a proven optimum.
    """
    members = [members_of(table, tables) for table in tables]
    solver = _solver(np.vstack(members), tables)
    found = []
    for table, rows in zip(tables, members, strict=True):
        low, high = table.values.astype(float), table.values.astype(float)
        for place in np.flatnonzero(table.hidden):
            low.flat[place], high.flat[place] = _optimum(solver, rows[place]), -_optimum(solver, -rows[place])
        found.append(Bounds(low, high))
    return found


def members_of(table: Tabel, tables: Sequence[Tabel]) -> Floats:
    """Per cell of a table, which cells of the joint it adds up; the joint has an axis per name."""
    sizes = {name: size - 1 for each in tables for name, size in zip(each.names, each.values.shape, strict=True)}
    rows = []
    for cell in np.ndindex(table.values.shape):
        at = dict(zip(table.names, cell, strict=True))
        taken = np.zeros(list(sizes.values()))
        taken[tuple(slice(None) if at.get(name, size) == size else at[name] for name, size in sizes.items())] = 1
        rows.append(taken.ravel())
    return np.array(rows)


def _solver(members: Floats, tables: Sequence[Tabel]) -> highspy.Highs:
    """Columns: the joint. Rows: every cell; a published one is fixed, a hidden one free."""
    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("presolve", "off")):
        solver.setOptionValue(option, value)
    everything = np.arange(members.shape[1], dtype=np.int32)
    solver.addVars(len(everything), np.zeros(len(everything)), np.full(len(everything), highspy.kHighsInf))
    for row, (low, high) in zip(members, _known(tables), strict=True):
        columns = everything[row > 0]
        solver.addRow(low, high, len(columns), columns, np.ones(len(columns)))
    return solver


def _known(tables: Sequence[Tabel]) -> Iterator[tuple[float, float]]:
    for table in tables:
        for value, hidden in zip(table.values.flat, table.hidden.flat, strict=True):
            yield (0, highspy.kHighsInf) if hidden else (max(0, value - table.reach), value + table.reach)


def _optimum(solver: highspy.Highs, costs: Floats) -> float:
    """The smallest value of a sum; whole when it is whole but for the rounding of the solver."""
    solver.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"the attacker has no proven answer: {solver.getModelStatus()}")
    value = solver.getObjectiveValue()
    return round(value) if abs(value - round(value)) < 1e-6 else value
