"""Controlled rounding of all tables of a release together.

Every count goes to a neighbouring multiple of a base. The rounded counts are the counts of a file of
persons of their own: whole, not negative, and as additive over all linked tables as the true ones (Cox,
JASA 82, 1987; Salazar-González, Lowthian, Young, Merola, Bond and Brown, 'Getting the best results in
controlled rounding with the least effort', PSD 2004). That is more than additivity asks, and it is what
protects: an attacker knows only how far a published value is from the truth at most (a base minus one,
or a base if `steady`). Adding that many persons to the rounded file, anywhere, gives another file that
may be the true one. So no table tells more about a count than its own rounded value does.

In three dimensions such a rounding need not exist (Causey, Cox and Ernst, JASA 80, 1985), and beside
earlier releases the safe values of neighbours may not add up; then a count is held back. A count
without any safe value must not be held back, as its blank would tell that it moved: if it is a
multiple itself, it may take the next one (`steady`), and if that does not help, `given_away` names it
and `protect` refuses the release.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from schemas.errors import Contradiction, DisclosureFailure
from transforms.disclosure.model.interval import Interval
from transforms.disclosure.model.solver import CAP, TOLERANCE, Floats, accept
from transforms.disclosure.model.system import System
from transforms.disclosure.rounding.rounded_attack import Row, load, model, proven, relation_rows

_CHANGE = 20
"""Deviation that costs as much as one person of change since the last release."""

_MARGIN = 3
"""Factor on the price of holding back a total of the whole file, by one dimension at most."""


_STAYED, _LEFT, _JOINED = range(3)


@dataclass(frozen=True)
class Rounded:
    """The outcome of a rounding.

    Attributes:
        values: Per count of the system a multiple of the base, no further from the truth than the
            reach of its declaration; None for a count that is held back.
        given_away: Counts of which every value proves a small change: a blank would tell that they moved.
    """

    values: tuple[int | None, ...]
    given_away: frozenset[int] = frozenset()


def controlled_rounding(
    system: System,
    truth: Sequence[int],
    *,
    base: int,
    earlier: Sequence[Sequence[Interval]] = (),
    threshold: int = 10,
    published: Mapping[int, int | None] | None = None,
    elsewhere: Sequence[Interval] = (),
    steady: bool = False,
) -> Rounded:
    """Round all counts of a release together, near the truth and even nearer to the releases before.

    Args:
        system: The counts and their relations.
        truth: True value per count.
        base: Published values are multiples of it; the same in every release.
        earlier: The interval that each earlier release leaves of every count, latest last.
        threshold: Fewer joiners or leavers than this, but some, must not be proven.
        published: Values published of the same persons, by position: the multiple, or None if held back.
        elsewhere: The interval that is known of every count without a release, if anything is: beside it, a value
            that proves a small count is avoided where another does not. The caller judges what is left.
        steady: A count that is a multiple may take the next one, if its own would prove a small change.

    Returns:
        The rounding that holds back the cheapest counts, and then has the least deviation plus
        twenty times the change since the last release. The same for the same input.

    Raises:
        DisclosureFailure: The solver gave no proven answer, or the counts contradict each other.
    """
    _require_one_file(system, truth)
    history = list(zip(*earlier, strict=True)) if earlier else [()] * len(truth)
    rule = _Rule(base, threshold, is_steady=steady and bool(earlier))
    choices = [_Choice.of(true, rule, before) for true, before in zip(truth, history, strict=True)]
    # A smaller base promises nothing of small counts.
    for count, interval in enumerate(elsewhere if 2 * base > threshold else ()):
        choices[count] = choices[count].safe_against(interval, rule)
    for count, value in (published or {}).items():
        choices[count] = _Choice.of_published(value)
    for slack in (0.0, CAP):
        answer = proven(load(_model(system, choices, slack)))
        if answer is not None:
            values = list(_values(system, choices, np.rint(answer).astype(np.int64)))
            given_away = {
                count for count, choice in enumerate(choices) if not choice.values and not choice.is_published
            }
            return Rounded(_without_proofs(system, earlier, values, base, threshold), frozenset(given_away))
    raise DisclosureFailure("no file of persons rounds the counts")


def _require_one_file(system: System, truth: Sequence[int]) -> None:
    """Refuse true counts that no single file of persons has.

    They could be rounded, but not protected.
    """
    hidden = (tuple((column, 1) for column in columns) for columns in system.sums)
    rows = [*(Row(terms, true, true) for terms, true in zip(hidden, truth, strict=True)), *relation_rows(system)]
    if proven(load(model(np.full(system.hidden, CAP), np.zeros(system.hidden), rows, whole=0))) is None:
        raise Contradiction("the counts of the tables contradict each other")


def proves_change(before: Interval, now: int, base: int, threshold: int) -> bool:
    """Return whether a rounded value proves a small change since an earlier release.

    A small change: some, but few, persons joined or left. The truth is less than a base away from the value, so at
    least the distance between the two intervals joined (or left).
    """
    joined, left = now - base + 1 - before.high, before.low - (now + base - 1)
    return 1 <= max(joined, left) < threshold


def multiple_of(interval: Interval, base: int) -> int | None:
    """Return the rounded value that leaves this interval; None if it was not rounded to this base.

    A count that is known not to be 0 begins at 1.
    """
    if interval.high == base - 1 and interval.low <= 1:
        return 0
    for reach in (base - 1, base):
        value = interval.high - reach
        if value >= 0 and value % base == 0 and interval.low in {max(0, value - reach), max(1, value - reach)}:
            return value
    return None


@dataclass(frozen=True)
class _Rule:
    """Values that a count may get.

    Attributes:
        is_steady: A count that is a multiple may take the next one, if its own proves a small change.
    """

    base: int
    threshold: int
    is_steady: bool

    def values(self, true: int, history: Sequence[Interval]) -> list[int]:
        """Return the values that a count may get: at most two, in order."""
        floor = true // self.base * self.base
        if floor != true:
            return self._safe((floor, floor + self.base), history)
        safe = self._safe((true,), history)
        if safe or not self.is_steady:
            return safe
        # A count that is shown as below the threshold is below it.
        neighbours = [
            v for v in (true - self.base, true + self.base) if v >= self.threshold or 0 <= v <= true < self.threshold
        ]
        return self._safe(neighbours, history)

    def _safe(self, values: Sequence[int], history: Sequence[Interval]) -> list[int]:
        """Return the values that prove no small change beside any earlier release."""
        return [v for v in values if not any(self._proves_change(before, v) for before in history)]

    def _proves_change(self, before: Interval, now: int) -> bool:
        """Return whether a value proves a small change, by either reach that a steady value may have."""
        reaches = (self.base - 1, self.base) if self.is_steady else (self.base - 1,)
        return any(proves_change(before, now, reach + 1, self.threshold) for reach in reaches)


@dataclass(frozen=True)
class _Choice:
    """Values of one count, at most two, with their costs."""

    values: tuple[int, ...]
    costs: tuple[int, ...]
    is_published: bool = False

    @classmethod
    def of_published(cls, value: int | None) -> "_Choice":
        """Return the choice of a count that was published: its value, or none if it was held back."""
        return cls(() if value is None else (value,), () if value is None else (0,), is_published=True)

    @classmethod
    def of(cls, true: int, rule: _Rule, history: Sequence[Interval]) -> "_Choice":
        """Return the safe values of a count; each costs its deviation plus its change since the last release."""
        safe = rule.values(true, history)
        rounded = [value for before in history if (value := multiple_of(before, rule.base)) is not None]
        costs = [abs(v - true) + sum(_CHANGE * abs(v - last) for last in rounded[-1:]) for v in safe]
        return cls(tuple(safe), tuple(costs))

    def safe_against(self, interval: Interval, rule: _Rule) -> "_Choice":
        """Return the choice without values that prove a small count beside what is known; itself if all do."""
        reach = rule.base if rule.is_steady else rule.base - 1
        safe = [
            (value, cost)
            for value, cost in zip(self.values, self.costs, strict=True)
            if max(value - reach, interval.low) < 1 or min(value + reach, interval.high) >= rule.threshold
        ]
        return _Choice(tuple(value for value, _ in safe), tuple(cost for _, cost in safe)) if safe else self


def _model(system: System, choices: Sequence[_Choice], slack: float) -> highspy.HighsLp:
    """Return the integer program of a rounding.

    Columns: persons per hidden cell, then per count: rounded up or not, persons too many, persons too few. A count that
    has too many or too few is held back. Those without a safe value may; others up to `slack`, and only if nothing else
    fits: asking without it first is ten times faster.
    """
    counts = len(choices)
    dearest = 1 + sum(max(choice.costs, default=0) for choice in choices)
    weights = [dearest * (_MARGIN if is_margin else 1) for is_margin in _margins(system)]
    hold = [weight if choice.values else 0 for weight, choice in zip(weights, choices, strict=True)]
    off = [(0.0 if choice.is_published else slack) if choice.values else CAP for choice in choices]
    upper = [*[CAP] * system.hidden, *(len(choice.values) == 2 for choice in choices), *off, *off]
    costs = [0] * system.hidden + [choice.costs[-1] - choice.costs[0] if choice.costs else 0 for choice in choices]
    rows = [*_count_rows(system, choices), *relation_rows(system)]
    return model(np.array(upper), [*costs, *hold, *hold], rows, whole=system.hidden + counts)


def _margins(system: System) -> list[bool]:
    """Return which counts are totals of a whole population by one dimension at most."""
    fewest = min(map(len, system.keys), default=0)
    return [len(key) <= fewest + 1 for key in system.keys]


def _count_rows(system: System, choices: Sequence[_Choice]) -> Iterator[Row]:
    """Yield a row per count: the persons in its hidden cells are its rounded value."""
    counts = len(choices)
    for count, (columns, choice) in enumerate(zip(system.sums, choices, strict=True)):
        up = system.hidden + count
        low, high = (choice.values[0], choice.values[-1]) if choice.values else (0, 0)
        hidden = [(column, 1) for column in columns]
        yield Row((*hidden, (up, low - high), (up + counts, -1), (up + 2 * counts, 1)), low, low)


def _values(system: System, choices: Sequence[_Choice], answer: npt.NDArray[np.int64]) -> Iterator[int | None]:
    """Yield the values that the persons of the answer add up to.

    In whole numbers: nothing is left to a tolerance.
    """
    for count, (columns, choice) in enumerate(zip(system.sums, choices, strict=True)):
        persons = int(answer[list(columns)].sum())
        off = answer[system.hidden + len(choices) + count :: len(choices)]
        if choice.values and not off.any() and persons not in choice.values:
            raise DisclosureFailure("the solver contradicts itself")
        yield persons if persons in choice.values else None


def _without_proofs(
    system: System, earlier: Sequence[Sequence[Interval]], values: Sequence[int | None], base: int, threshold: int
) -> tuple[int | None, ...]:
    """Return the values without those that prove a small change beside an earlier release.

    `proves_change` judges two values of one count. Here the attacker puts all values of two releases together, so that
    a count that is held back is bounded by its neighbours. All pairs are checked again after each removal: a value less
    may turn a proof of many joiners into one of few.
    """
    pairs = [_Changes(system, before, values, base) for before in earlier]
    remaining = list(values)
    while (proof := next((count for pair in pairs for count in pair.proofs(threshold, remaining)), None)) is not None:
        remaining[proof] = None
        for pair in pairs:
            pair.withhold(proof)
    return tuple(remaining)


class _Changes:
    """Persons who stayed, left or joined between two releases.

    A linear program. Columns: persons per hidden cell who stayed, who left, and who joined. Rows: counts of the earlier
    release, then those of the later one.
    """

    def __init__(self, system: System, before: Sequence[Interval], now: Sequence[int | None], base: int) -> None:
        self._system = system
        stated = [Interval(max(0, v - base + 1), v + base - 1) if v is not None else None for v in now]
        rows = [*_change_rows(system, before, _LEFT), *_change_rows(system, stated, _JOINED)]
        rows += [row for file in (_STAYED, _LEFT, _JOINED) for row in relation_rows(system, file * system.hidden)]
        upper = np.full(3 * system.hidden, CAP)
        self._solver = load(model(upper, np.zeros(len(upper)), rows, whole=0))

    def proofs(self, threshold: int, now: Sequence[int | None]) -> Iterator[int]:
        """Yield, per proof of a small change, a value of the later release on which it rests."""
        for file in (_LEFT, _JOINED):
            least = self._least(file, range(self._system.hidden))
            for count, columns in enumerate(self._system.sums):
                if least[count] > TOLERANCE:
                    least = np.minimum(least, self._least(file, columns))
                    if 0 < math.ceil(least[count] - TOLERANCE) < threshold:
                        yield self._rests_on(now)

    def withhold(self, count: int) -> None:
        """Let a count of the later release be anything."""
        accept(self._solver.changeRowBounds(len(self._system.keys) + count, 0.0, highspy.kHighsInf))

    def _least(self, file: int, columns: Sequence[int]) -> Floats:
        """Return persons per count in the file that has the fewest in some hidden cells."""
        hidden = self._system.hidden
        costs = np.zeros(3 * hidden)
        costs[[file * hidden + column for column in columns]] = 1.0
        accept(self._solver.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs))
        answer = proven(self._solver)
        if answer is None:
            raise Contradiction("the published values of two releases contradict each other")
        persons = answer[file * hidden : (file + 1) * hidden]
        return np.array([persons[list(columns)].sum() for columns in self._system.sums])

    def _rests_on(self, now: Sequence[int | None]) -> int:
        """Return the count to withhold: the smallest inner cell on which the proof rests.

        A proof by linear programming adds up the rows that have a dual.
        """
        counts = len(self._system.keys)
        duals = self._solver.getSolution().row_dual[counts : 2 * counts]
        rests = [
            (is_margin, value, count)
            for count, (value, is_margin) in enumerate(zip(now, _margins(self._system), strict=True))
            if value is not None and abs(duals[count]) > TOLERANCE
        ]
        if not rests:
            raise DisclosureFailure("two earlier releases prove a small change by themselves")
        return min(rests)[-1]


def _change_rows(system: System, intervals: Sequence[Interval | None], moved: int) -> Iterator[Row]:
    """Yield a row per count: those who stayed and those who left (or joined) are within its interval."""
    for columns, interval in zip(system.sums, intervals, strict=True):
        terms = tuple((file * system.hidden + column, 1) for file in (_STAYED, moved) for column in columns)
        yield Row(terms, interval.low if interval else 0, interval.high if interval else math.inf)
