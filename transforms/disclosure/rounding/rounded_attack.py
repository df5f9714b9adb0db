"""The attack on counts that were rounded together.

The attacker knows the published multiples, which counts are shown as 'below the threshold', the base, how far a value
is from the truth at most (`reach`: a base, or one less), and that true and rounded counts are both those of a file of
whole persons. He does not know how the program chooses between two multiples.

What a value tells about its own count is all that the tables tell about it (`rounding`): a file with up to `reach`
persons more, or fewer, than the rounded file may be the true one. So only two things have to be looked for: multiples
that are shown as 'below the threshold', and counts that are not shown at all. A count shown as one base may be up to
twice the base minus one: so if twice the base is larger than the threshold, nobody can prove that it is small.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import highspy
import numpy as np

from schemas.errors import Contradiction, DisclosureFailure
from transforms.disclosure.model.interval import Interval
from transforms.disclosure.model.joint import Terms
from transforms.disclosure.model.solver import (
    CAP,
    HIGHEST,
    LOWEST,
    TOLERANCE,
    Floats,
    Options,
    accept,
    ask_again,
    new_solver,
    require_answer,
)
from transforms.disclosure.model.system import System

_OPTIONS: Options = {"mip_abs_gap": 0.5, "mip_max_nodes": 10_000}
"""Every cost is a whole number, so that a gap of a half is none."""


@dataclass(frozen=True)
class Size:
    """Base of the multiples, and their largest distance from the truth."""

    base: int
    reach: int


@dataclass(frozen=True)
class Row:
    """A linear form between two bounds."""

    terms: Terms
    low: float
    high: float


def rounded_intervals(
    system: System,
    published: Sequence[int | None],
    *,
    base: int,
    threshold: int,
    suppressed: frozenset[int] = frozenset(),
    reach: int | None = None,
) -> tuple[Interval, ...]:
    """Return the interval of the true value of every count.

    Args:
        system: The counts and their relations.
        published: Multiple of the base per count; None if it is shown as below the threshold.
        suppressed: Counts that are not shown at all, whatever `published` says of them.
        reach: Largest distance of a value from the truth; a base minus one if not given. A count that is shown
            as below the threshold is below it.

    Returns:
        Exact; where a person may be in several categories of a dimension, as exact as the
        relations of the system are.

    Raises:
        DisclosureFailure: The published values contradict each other, or the solver gave no
            proven answer.
    """
    if any(value is not None and value % base for value in published):
        raise DisclosureFailure("a published value is not a multiple of the base")
    reach = base - 1 if reach is None else reach
    below = range((threshold - 1) // base + 1)
    multiples = [below if value is None else range(value // base, value // base + 1) for value in published]
    shown = [count for count in range(len(published)) if count not in suppressed]
    # The rounded file may be the true one, so that counts that are shown need one file only, which is much faster.
    size = Size(base, reach)
    ends = _Attack(system, multiples, size, suppressed, files=1).ends(shown)
    intervals = {
        count: Interval(max(0, base * low - reach), base * high + (reach if published[count] is not None else base - 1))
        for count, (low, high) in ends.items()
    }
    if suppressed:
        ends = _Attack(system, multiples, size, suppressed, files=2).ends(sorted(suppressed))
        intervals |= {count: Interval(*pair) for count, pair in ends.items()}
    return tuple(intervals[count] for count in range(len(published)))


class _Attack:
    """A rounded and a true file that fit everything published.

    Columns: persons per hidden cell of the rounded file, per hidden cell of the true file (with two files), and per
    count its multiple. Of a count that is not shown at all the number of true persons is asked; of any other count, its
    multiple.
    """

    def __init__(
        self, system: System, multiples: Sequence[range], size: Size, suppressed: frozenset[int], files: int
    ) -> None:
        rows = list(_rows(system, multiples, size, suppressed, files))
        upper = np.array([*[CAP] * files * system.hidden, *(possible[-1] for possible in multiples)], dtype=np.float64)
        self._solver = load(model(upper, np.zeros(len(upper)), rows, whole=0))
        self._questions = _questions(system, suppressed, files)
        limits = [(0.0, CAP) if c in suppressed else (m[0], m[-1]) for c, m in enumerate(multiples)]
        self._limits = dict(zip((LOWEST, HIGHEST), np.array(limits).T, strict=True))
        self._reached = {direction: np.full(len(multiples), np.inf) for direction in self._limits}

    def ends(self, counts: Sequence[int]) -> dict[int, tuple[int, int]]:
        """Return the lowest and highest answer per count.

        Linear bounds first; an integer program only for an end that no whole answer reached.
        """
        questions = list(product((HIGHEST, LOWEST), counts))
        self._ask(np.zeros(self._questions.shape[1]))
        ends = {question: self._end(*question) for question in questions}
        self._require_whole_persons()
        for direction, count in questions:
            if not self._is_reached(direction, count, ends[direction, count]):
                ends[direction, count] = self._end(direction, count)
        return {count: (ends[LOWEST, count], ends[HIGHEST, count]) for count in counts}

    def _end(self, direction: int, count: int) -> int:
        """Return an end of a count, without a program if it is certain or reached."""
        limits = {int(self._limits[way][count]) for way in (LOWEST, HIGHEST)}
        limit = int(self._limits[direction][count])
        if len(limits) == 1 or self._is_reached(direction, count, limit):
            return limit
        question = direction * self._questions[count]
        return direction * math.ceil(float(question @ self._ask(question)) - TOLERANCE)

    def _is_reached(self, direction: int, count: int, end: int) -> bool:
        return bool(self._reached[direction][count] <= direction * end)

    def _ask(self, question: Floats) -> Floats:
        """Return the answer that makes a linear form smallest, and remember what whole answers reach."""
        columns = np.arange(len(question), dtype=np.int32)
        accept(self._solver.changeColsCost(len(question), columns, question))
        answer = proven(self._solver)
        if answer is None:
            raise Contradiction("the published values contradict each other")
        rounded = np.rint(answer)
        if np.all(np.abs(answer - rounded) < TOLERANCE):
            for direction, reached in self._reached.items():
                np.minimum(reached, direction * (self._questions @ rounded), out=reached)
        return answer

    def _require_whole_persons(self) -> None:
        """Let all columns be whole numbers from now on."""
        columns = np.arange(self._questions.shape[1], dtype=np.int32)
        kinds = np.full(len(columns), int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        accept(self._solver.changeColsIntegrality(len(columns), columns, kinds))


def _questions(system: System, suppressed: frozenset[int], files: int) -> Floats:
    """Return a linear form per count."""
    questions = np.zeros((len(system.keys), files * system.hidden + len(system.keys)))
    for count, columns in enumerate(system.sums):
        if count in suppressed and files > 1:
            questions[count, [system.hidden + column for column in columns]] = 1.0
        else:
            questions[count, files * system.hidden + count] = 1.0
    return questions


def _rows(
    system: System, multiples: Sequence[range], size: Size, suppressed: frozenset[int], files: int
) -> Iterator[Row]:
    """Yield the rows: rounded persons add up to a multiple, true persons are within its reach."""
    for file in range(files):
        off = file * float(size.reach)
        for count in set(range(len(multiples))) - suppressed:
            multiple = files * system.hidden + count
            persons = tuple((file * system.hidden + column, 1) for column in system.sums[count])
            yield Row((*persons, (multiple, -size.base)), -off, off)
        yield from relation_rows(system, file * system.hidden)
    for count, possible in enumerate(multiples):
        yield Row(((files * system.hidden + count, 1),), possible[0], possible[-1])


def relation_rows(system: System, offset: int = 0) -> Iterator[Row]:
    """Yield the relations between the hidden columns of a system that start at `offset`."""
    for relation in system.relations:
        terms = tuple((offset + column, coefficient) for column, coefficient in relation.terms)
        yield Row(terms, 0.0 if relation.exact else -highspy.kHighsInf, 0.0)


def model(upper: Floats, costs: Iterable[float], rows: Sequence[Row], whole: int) -> highspy.HighsLp:
    """Return a program with columns from zero to their upper bounds, the first `whole` of them whole numbers."""
    kinds = [highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous]
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(upper), len(rows)
    lp.col_cost_ = np.array(list(costs), dtype=np.float64)
    lp.col_lower_, lp.col_upper_ = np.zeros(len(upper)), upper
    lp.integrality_ = [kinds[column >= whole] for column in range(len(upper))]
    lp.row_lower_ = np.array([row.low for row in rows], dtype=np.float64)
    lp.row_upper_ = np.array([row.high for row in rows], dtype=np.float64)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(row.terms) for row in rows)])
    lp.a_matrix_.index_ = np.array([column for row in rows for column, _ in row.terms])
    lp.a_matrix_.value_ = np.array([coefficient for row in rows for _, coefficient in row.terms], dtype=np.float64)
    return lp


def load(lp: highspy.HighsLp) -> highspy.Highs:
    """Load a program in the solver."""
    return new_solver(lp, _OPTIONS)


def proven(solver: highspy.Highs) -> Floats | None:
    """Return the optimum, or None if nothing fits; ask once more from scratch before giving up.

    Raises:
        DisclosureFailure: The solver gave no proven answer, twice.
    """
    solver.run()
    status = solver.getModelStatus()
    if status != highspy.HighsModelStatus.kOptimal:
        status = ask_again(solver)
    return np.array(solver.getSolution().col_value) if require_answer(status, allow_nothing=True) else None
