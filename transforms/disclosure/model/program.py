"""The linear system of a release in HiGHS, kept alive between questions.

There is a column per hidden cell and per count. The bounds of a column say what is known of a count; the objective
is the question. Only those change between questions, so that every answer starts from the basis of the one before
(a third of a millisecond for a table of 315 cells).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from schemas.errors import DisclosureFailure
from transforms.disclosure.model.joint import Terms
from transforms.disclosure.model.solver import (
    CAP,
    TOLERANCE,
    Floats,
    Options,
    accept,
    ask_again,
    new_solver,
    require_answer,
)
from transforms.disclosure.model.system import System

Counts = npt.NDArray[np.int64]

DOUBT = 2
"""An interval this close to a limit is computed again in whole persons."""

_OPTIONS: Options = {
    "presolve": "off",
    "mip_max_nodes": 10_000,
    # Between questions only the objective changes: the answer before stays feasible, which the primal simplex needs.
    "simplex_strategy": 4,
    "simplex_scale_strategy": 0,
    "primal_simplex_bound_perturbation_multiplier": 0.0,
}


@dataclass(frozen=True)
class Answer:
    """Counts that fit their known bounds and make a form extreme.

    Attributes:
        hidden: Persons per hidden cell.
        prices: Gain of the form per person by which the bounds of a count are widened; 0 for whole persons.
        slack: Gain of the form by hidden cells that no count shows and by inequalities between
            hidden cells, measured from the origin.
        is_whole: All persons in it are whole.
    """

    counts: Floats
    hidden: Floats
    prices: Floats
    slack: float
    is_whole: bool


class Program:
    """Questions about the counts that fit their known bounds.

    Args:
        system: The counts and their relations.
        low, high: Known bounds of every count.

    Attributes:
        work: Simplex iterations times rows so far: the cost of the questions, on any machine.

    Raises:
        DisclosureFailure: Nothing fits what is known, or the solver gave no proven answer.
    """

    def __init__(self, system: System, low: Sequence[float] | Floats, high: Sequence[float] | Floats) -> None:
        self.work = 0.0
        self.solved = 0
        self._system, self._columns = system, _columns(system)
        self._model = _model(system, self._columns)
        self._hidden = np.setdiff1d(np.arange(system.hidden), self._columns)
        self._integers = np.arange(system.hidden, dtype=np.int32)
        self._solver = new_solver(self._model, _OPTIONS)
        self.assume(np.zeros(system.hidden))
        self.know(low, high)
        self._origin = self._run()
        self._activity = np.array(self._solver.getSolution().row_value)

    def measure_from(self, hidden: Floats) -> None:
        """Measure slack from a file that fits what was known at first, not from any such file."""
        self._origin = np.concatenate([hidden, np.zeros(self._model.num_col_ - len(hidden))])
        self._origin[self._columns] = [hidden[list(columns)].sum() for columns in self._system.sums]
        relations = [sum(times * hidden[cell] for cell, times in relation.terms) for relation in self._system.relations]
        self._activity = np.array([*np.zeros(self._model.num_row_ - len(relations)), *relations])

    def assume(self, persons: Floats) -> None:
        """Take at least some persons to be in the hidden cells; to be followed by `know`."""
        self._persons = persons
        self._inside = np.zeros(len(self._columns))
        is_cell = self._columns < len(persons)
        self._inside[is_cell] = persons[self._columns[is_cell]]
        ceiling = np.full(len(self._hidden), CAP)
        accept(self._solver.changeColsBounds(len(ceiling), self._hidden, persons[self._hidden], ceiling))

    def know(self, low: Sequence[float] | Floats, high: Sequence[float] | Floats) -> None:
        """Set the known bounds of every count."""
        lowest, highest = np.maximum(np.array(low, dtype=np.float64), self._inside), np.array(high, dtype=np.float64)
        accept(self._solver.changeColsBounds(len(self._columns), self._columns, lowest, highest))
        self._low, self._high = lowest, highest

    def know_of(self, count: int, low: float, high: float) -> None:
        """Set the known bounds of one count."""
        low = max(low, float(self._inside[count]))
        self._low[count], self._high[count] = low, high
        accept(self._solver.changeColBounds(int(self._columns[count]), low, high))

    def is_possible(self, counts: Floats, hidden: Floats) -> npt.NDArray[np.bool_]:
        """Return whether files that fit the relations, perhaps a row each, also fit what is known."""
        is_within = (counts >= self._low - TOLERANCE) & (counts <= self._high + TOLERANCE)
        occupied = np.flatnonzero(self._persons)
        has_persons = hidden[..., occupied] >= self._persons[occupied] - TOLERANCE
        return np.asarray(is_within.all(axis=-1) & has_persons.all(axis=-1))

    def ask(self, form: Terms, direction: int) -> Answer:
        """Return the LOWEST or HIGHEST value of a sum of counts; persons may be in fractions."""
        values, duals, rows = self._optimum(form, direction)
        # HiGHS minimises, so a column that lets the cost fall has a negative dual.
        gains = -duals
        origin, gained = self._origin[self._hidden], gains[self._hidden]
        slack = np.where(gained > 0, (CAP - origin) * gained, (self._persons[self._hidden] - origin) * gained).sum()
        slack += rows @ self._activity
        hidden = values[self._integers]
        return Answer(values[self._columns], hidden, gains[self._columns], float(slack), _is_whole(hidden))

    def ask_whole(self, form: Terms, direction: int) -> Answer:
        """Answer as `ask` does, in whole persons."""
        with self._in_whole_persons():
            values, _, _ = self._optimum(form, direction)
        return self._certified(values)

    def find(self) -> Answer | None:
        """Return some file in whole persons that fits what is known; None if there is none."""
        with self._in_whole_persons():
            is_found = require_answer(self._status(), allow_nothing=True)
            values = np.array(self._solver.getSolution().col_value) if is_found else None
        return None if values is None else self._certified(values)

    def _certified(self, values: Floats) -> Answer:
        """Return a file in whole persons, after checking that it is one."""
        persons = np.rint(values)
        matrix = self._model.a_matrix_
        starts = np.array(matrix.start_[:-1], dtype=np.int64)
        sums = (
            np.add.reduceat(persons[np.array(matrix.index_)] * np.array(matrix.value_), starts)
            if len(starts)
            else persons[:0]
        )
        is_file = np.all((sums >= self._model.row_lower_) & (sums <= self._model.row_upper_))
        counts, hidden = persons[self._columns], persons[self._integers]
        if not (is_file and np.all(persons >= 0) and self.is_possible(counts, hidden)):
            raise DisclosureFailure("the solver contradicts itself")
        return Answer(counts, hidden, np.zeros_like(counts), 0.0, is_whole=True)

    def _optimum(self, form: Terms, direction: int) -> tuple[Floats, Floats, Floats]:
        """Return the columns of the optimum with the prices of columns and rows, and clear the objective."""
        for count, coefficient in form:
            accept(self._solver.changeColCost(int(self._columns[count]), float(direction * coefficient)))
        values = self._run()
        solution = self._solver.getSolution()
        duals, rows = np.array(solution.col_dual), np.array(solution.row_dual)
        for count, _ in form:
            accept(self._solver.changeColCost(int(self._columns[count]), 0.0))
        return values, duals, rows

    def _run(self) -> Floats:
        require_answer(self._status())
        return np.array(self._solver.getSolution().col_value)

    def _status(self) -> highspy.HighsModelStatus:
        """Run the solver, once more from scratch if it finds no optimum, and add its iterations to `work`."""
        self.solved += 1
        self._solver.run()
        status = self._solver.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            status = ask_again(self._solver)
        self.work += max(0, self._solver.getInfo().simplex_iteration_count) * self._model.num_row_
        return status

    @contextmanager
    def _in_whole_persons(self) -> Iterator[None]:
        """Let hidden cells be whole numbers.

        Presolve is for integer programs only: a linear one would lose the basis of the question before.
        """
        self._integrality(highspy.HighsVarType.kInteger)
        accept(self._solver.setOptionValue("presolve", "choose"))
        yield
        accept(self._solver.setOptionValue("presolve", "off"))
        self._integrality(highspy.HighsVarType.kContinuous)

    def _integrality(self, kind: highspy.HighsVarType) -> None:
        """Set whether hidden cells are whole numbers."""
        kinds = np.full(len(self._integers), int(kind), dtype=np.uint8)
        accept(self._solver.changeColsIntegrality(len(kinds), self._integers, kinds))


def _is_whole(values: Floats) -> bool:
    return bool(np.all(np.abs(values - np.rint(values)) < TOLERANCE))


def _columns(system: System) -> npt.NDArray[np.int32]:
    """Return the column per count: a count that is one hidden cell shares its column, others get a new one."""
    sharing: dict[int, int] = {}
    for count, columns in enumerate(system.sums):
        if len(columns) == 1:
            sharing.setdefault(columns[0], count)
    new = iter(range(system.hidden, system.hidden + len(system.keys)))
    shared = [len(columns) == 1 and sharing[columns[0]] == count for count, columns in enumerate(system.sums)]
    places = [columns[0] if is_shared else next(new) for is_shared, columns in zip(shared, system.sums, strict=True)]
    return np.array(places, dtype=np.int32)


def _model(system: System, columns: npt.NDArray[np.int32]) -> highspy.HighsLp:
    """Return the linear program with a row per count that has a column of its own, and per relation.

    Nothing is known yet.
    """
    owners = [(count, int(place)) for count, place in enumerate(columns) if place >= system.hidden]
    rows: list[Terms] = [(*((column, 1) for column in system.sums[count]), (place, -1)) for count, place in owners]
    lowest = [0.0] * len(rows) + [0.0 if relation.exact else -highspy.kHighsInf for relation in system.relations]
    rows.extend(relation.terms for relation in system.relations)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = system.hidden + len(owners), len(rows)
    lp.col_cost_, lp.col_lower_ = np.zeros(lp.num_col_), np.zeros(lp.num_col_)
    lp.col_upper_ = np.full(lp.num_col_, CAP)
    lp.row_lower_, lp.row_upper_ = np.array(lowest), np.zeros(len(rows))
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *map(len, rows)])
    lp.a_matrix_.index_ = np.array([column for terms in rows for column, _ in terms])
    lp.a_matrix_.value_ = np.array([coefficient for terms in rows for _, coefficient in terms], dtype=np.float64)
    return lp


def value_of(form: Terms, counts: Floats) -> float:
    """Return the value of a sum of counts."""
    return float(sum(coefficient * counts[count] for count, coefficient in form))
