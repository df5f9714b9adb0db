"""The linear system of a release in HiGHS, kept alive between questions.

Each count is its origin plus a rise minus a fall. A published count cannot move; a
suppressed one can. Between questions only bounds and prices change, so that every answer
starts from the basis of the one before (half a millisecond for the six tables).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from schemas.errors import DisclosureFailure
from transforms.disclosure.joint import Terms
from transforms.disclosure.system import System

Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

CAP = 1_000_000.0
"""No Dutch municipality has more inhabitants (CBS, 1 January 2025); the attacker knows that much."""

TOLERANCE = 1e-5
"""Counts are whole numbers, so anything below this is rounding of the solver."""

_OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_max_nodes": 10_000,
}


@dataclass(frozen=True)
class Answer:
    """Counts that fit everything published; `is_whole` if nobody was cut in pieces for it."""

    counts: Floats
    is_whole: bool


class Program:
    """Questions about the counts that fit everything published.

    Args:
        system: The counts and their relations.
        origin: Value per count from which it moves; all counts start as published.

    Attributes:
        solved: Number of questions answered.
        doubts: Whether 'nothing fits' is asked again of a fresh solver. Ten times as slow;
            not needed where that answer leads to suppressing more.
    """

    def __init__(self, system: System, origin: Sequence[int]) -> None:
        self.solved = 0
        self.doubts = True
        self._origin = np.array(origin, dtype=np.float64)
        self._rise = system.hidden
        self._fall = system.hidden + len(system.keys)
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy types its methods, not this
        for name, value in _OPTIONS.items():
            _accept(self._solver.setOptionValue(name, value))
        _accept(self._solver.passModel(_model(system, self._origin)))

    def publish(self, count: int) -> None:
        """The count keeps its origin."""
        self._bound(count, (0.0, 0.0), (0.0, 0.0))

    def suppress(self, count: int) -> None:
        """The count may be anything that is not negative."""
        self._bound(count, (0.0, CAP), (0.0, self._origin[count]))

    def require(self, count: int, *, least: int | None = None, most: int | None = None) -> None:
        """The count rises to at least, or falls to at most, this much, until it is published or suppressed."""
        origin = self._origin[count]
        if least is not None:
            self._bound(count, (max(0.0, least - origin), CAP), (0.0, 0.0))
        if most is not None:
            self._bound(count, (0.0, 0.0), (max(0.0, origin - most), origin))

    def price(self, count: int, price: float) -> None:
        """What a person up or down costs."""
        self._cost(count, price, price)

    def aim(self, count: int, direction: int) -> None:
        """Look for the smallest value of a count (1), for the largest (-1), or no longer (0)."""
        self._cost(count, direction, -direction)

    def relax(self) -> Answer | None:
        """Counts that fit and cost least, or None if nothing fits; persons may be in fractions.

        Raises:
            DisclosureFailure: The solver gave no proven answer, twice.
        """
        self.solved += 1
        status = self._run()
        is_answered = status == highspy.HighsModelStatus.kInfeasible and not self.doubts
        if status != highspy.HighsModelStatus.kOptimal and not is_answered:
            self._solver.clearSolver()
            status = self._run()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise DisclosureFailure("the solver gave no proven answer")
        values = np.array(self._solver.getSolution().col_value)
        counts = self._origin + values[self._rise : self._fall] - values[self._fall :]
        return Answer(counts, _is_whole(values[: self._rise]))

    def solve(self) -> Counts | None:
        """As `relax`, in whole persons: an answer with fractions is looked for again as integer program."""
        answer = self.relax()
        if answer is not None and not answer.is_whole:
            self._integrality(highspy.HighsVarType.kInteger)
            answer = self.relax()
            self._integrality(highspy.HighsVarType.kContinuous)
        return None if answer is None else rounded(answer.counts)

    def _run(self) -> highspy.HighsModelStatus:
        self._solver.run()
        return self._solver.getModelStatus()

    def _bound(self, count: int, rise: tuple[float, float], fall: tuple[float, float]) -> None:
        _accept(self._solver.changeColBounds(self._rise + count, *rise))
        _accept(self._solver.changeColBounds(self._fall + count, *fall))

    def _cost(self, count: int, rise: float, fall: float) -> None:
        _accept(self._solver.changeColCost(self._rise + count, rise))
        _accept(self._solver.changeColCost(self._fall + count, fall))

    def _integrality(self, kind: highspy.HighsVarType) -> None:
        columns = np.arange(self._rise, dtype=np.int32)
        kinds = np.full(self._rise, int(kind), dtype=np.uint8)
        _accept(self._solver.changeColsIntegrality(self._rise, columns, kinds))


def rounded(counts: Floats) -> Counts:
    return np.rint(counts).astype(np.int64)


def _is_whole(values: Floats) -> bool:
    return bool(np.all(np.abs(values - np.rint(values)) < TOLERANCE))


def _accept(status: highspy.HighsStatus) -> None:
    if status != highspy.HighsStatus.kOk:
        raise DisclosureFailure("the solver refused the system")


def _model(system: System, origin: Floats) -> highspy.HighsLp:
    """Columns: hidden cells, rises, falls. Rows: one per count, one per relation."""
    counts = len(system.keys)
    rows = [*_count_rows(system), *(relation.terms for relation in system.relations)]
    lowest = [0.0 if relation.exact else -highspy.kHighsInf for relation in system.relations]
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = system.hidden + 2 * counts, len(rows)
    lp.col_cost_ = np.zeros(lp.num_col_)
    lp.col_lower_ = np.zeros(lp.num_col_)
    lp.col_upper_ = np.repeat([CAP, 0.0], [system.hidden, 2 * counts])
    lp.row_lower_ = np.concatenate([origin, lowest])
    lp.row_upper_ = np.concatenate([origin, np.zeros(len(lowest))])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *map(len, rows)])
    lp.a_matrix_.index_ = np.array([column for terms in rows for column, _ in terms])
    lp.a_matrix_.value_ = np.array([coefficient for terms in rows for _, coefficient in terms], dtype=np.float64)
    return lp


def _count_rows(system: System) -> Iterator[Terms]:
    """Hidden cells of a count, minus its rise, plus its fall, is its origin."""
    counts = len(system.keys)
    for count, columns in enumerate(system.sums):
        rise = system.hidden + count
        yield (*((column, 1) for column in columns), (rise, -1), (rise + counts, 1))
