"""What attackers prove of a pattern of suppressed counts, as conditions that every safe pattern keeps.

An attacker looks for proofs of small counts or narrow intervals. Every proof is a new condition, read from the
prices (duals) of the attacker's linear program. Attacks that fail are kept: they are whole files that fit everything
published (witnesses), and one witness often settles many counts.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from schemas.errors import Contradiction
from transforms.disclosure.counts.elsewhere import Limits
from transforms.disclosure.counts.files import Files
from transforms.disclosure.counts.records import Insiders
from transforms.disclosure.counts.rules import Demand
from transforms.disclosure.model.joint import Terms
from transforms.disclosure.model.program import DOUBT, Answer, Program, value_of
from transforms.disclosure.model.solver import CAP, HIGHEST, LOWEST, Floats, Pattern
from transforms.disclosure.suppression.lines import Lines
from transforms.disclosure.suppression.master import Master
from transforms.disclosure.suppression.progress import Course
from transforms.disclosure.suppression.task import Task

_EPSILON = 1e-6
_REACH = 3.0
"""A count that is suppressed in part may rise by that part of three thresholds: with more, hardly
anything would be proven about patterns in parts, and little be learned from them."""

_MEMORY = 2_000
"""Witnesses that are kept."""

_VAIN = 10
"""Counts asked in a row that break no condition, after which those that were found are used first."""

_FEW = 2
"""Counts for which files are sought one by one."""

Ask = Callable[[Terms, int], Answer]
Places = npt.NDArray[np.int64]
AnyPattern = TypeVar("AnyPattern", Floats, Pattern)


@dataclass(frozen=True)
class Attacker:
    """What an attacker knows besides the tables, and must be left.

    Attributes:
        persons: How many persons he knows to be in each hidden cell.
        floor: How many he knows to be in each count, if it is blank.
        limits: What he must be left of each count.
        demands: Values that he must not be able to rule out.
    """

    persons: Floats
    floor: Floats
    limits: Limits
    demands: Sequence[Demand] = ()


def attackers(task: Task, insiders: Iterable[Insiders]) -> list[Attacker]:
    """Return these people in the file as attackers, and somebody outside.

    What is demanded of groups is demanded of what a release tells everybody.
    """
    nobody = np.zeros(task.system.hidden)
    inside = [
        Attacker(persons := group.floor(), _floor(task, persons), task.known.limits(task.profile, group.number))
        for group in insiders
    ]
    return [*inside, Attacker(nobody, task.known.low, task.known.limits(task.profile), task.demands)]


def _floor(task: Task, persons: Floats) -> Floats:
    counts = [persons[list(columns)].sum() for columns in task.system.sums]
    return np.asarray(np.maximum(task.known.low, counts))


class Separation:
    """Tells a master program which conditions a pattern breaks.

    Args:
        attackers: Who must not prove anything; those who know most come first.
        course: Told at every question.

    Attributes:
        attacker: The present one.
        witnesses: Files that fit the relations.
        whole: The witnesses in whole persons.
        hidden: Persons per hidden cell in a file with the true counts.

    Raises:
        Contradiction: The counts contradict each other.
    """

    def __init__(self, task: Task, attackers: Sequence[Attacker], master: Master, course: Course) -> None:
        self.task, self.master, self.course, self.attackers = task, master, course, attackers
        self.truth = task.truth.astype(np.float64)
        self.program = Program(task.system, self.truth, self.truth)
        if (file := self.program.find()) is None:
            raise Contradiction("the counts contradict each other")
        self.hidden = task.records.hidden if task.records.pooled else file.hidden
        self.program.measure_from(self.hidden)
        self.attacker = attackers[-1]
        self.lines, self._room_up = Lines(task), task.room_up
        hidden_cells = task.system.hidden if task.records.pooled else 0
        self.witnesses, self.whole = (Files(len(task.truth), hidden_cells, _MEMORY) for _ in range(2))
        self._fitting, self._fitting_whole = self.witnesses, self.whole
        self.low = self.high = self.least = self.most = self.truth

    def in_whole(self, pattern: Pattern) -> int:
        """Add conditions that a whole pattern breaks; return how many."""
        if added := self.in_parts(pattern.astype(np.float64)):
            return added
        return self._first(self._for_whole_persons, pattern)

    def in_parts(self, pattern: Floats) -> int:
        """Add conditions that a pattern, possibly in parts, breaks; return how many.

        Those of single lines first: they cost nothing, and spare the programs that would find them.
        """
        return self._for_lines(pattern) or self._first(self._for_attacker, pattern)

    def _first(self, separate: Callable[[AnyPattern], int], pattern: AnyPattern) -> int:
        """Add the conditions that a pattern breaks for the first attacker for whom it does; return how many."""
        for attacker in self.attackers:
            if attacker is not self.attacker:
                self.attacker = attacker
                self.program.assume(attacker.persons)
            self._allow(pattern.astype(np.float64))
            if added := separate(pattern):
                return added
        return 0

    def _for_attacker(self, pattern: Floats) -> int:
        """Add conditions that a pattern breaks for the present attacker; return how many."""
        suppressed = [int(count) for count in np.argsort(self.truth, kind="stable") if pattern[count] > _EPSILON]
        self._settle_together(pattern)
        added = vain = 0
        for count in suppressed:
            solved_before = self.program.solved
            is_broken = self._open(count, pattern)
            added, vain = added + is_broken, 0 if is_broken else vain + (self.program.solved > solved_before)
            if added and vain >= _VAIN:
                break
        return added + sum(self._rule_out(demand) for demand in self.attacker.demands)

    def _for_lines(self, pattern: Floats) -> int:
        """Add the conditions of single lines that a pattern breaks; return how many."""
        added = 0
        for condition in self.lines.broken_conditions(pattern):
            capacity = np.zeros_like(self.truth)
            capacity[condition.others] = condition.capacity
            added += self.master.require(capacity, condition.least, condition.count)
        return added

    def _for_whole_persons(self, pattern: Pattern) -> int:
        """Add a condition per count that only fractions of persons protect; return how many.

        A pattern that publishes as much or more proves as much or more, so one of the published counts must go.
        """
        condition, blank = np.where(pattern, 0.0, 1.0), np.flatnonzero(pattern)
        self.least, self.most = self._fitting_whole.extremes(self.attacker.persons - _EPSILON)
        self._settle_together(pattern.astype(np.float64), DOUBT)
        return sum(self.master.require(condition, 1.0, count) for count in blank.tolist() if not self._has_room(count))

    def _settle_together(self, pattern: Floats, room: int = 0) -> None:
        """Look for files that give many counts room, as long as each does so for some more."""
        for direction in (HIGHEST, LOWEST):
            waiting = len(pattern) + 1
            while _FEW < len(some := self._short(pattern, room, direction)) < waiting:
                waiting = len(some)
                self._aim(some, direction, self._goals(pattern, room, direction)[some])

    def _short(self, pattern: Floats, room: int, direction: int) -> Places:
        """Return the counts without room that a file on this side of them would help."""
        goals, need = self._goals(pattern, room, direction), self._need(pattern, room)
        is_short = self.high - self.low < self.attacker.limits.width * pattern + room - _EPSILON
        if direction == HIGHEST:
            is_short = (is_short | (self.high < need - _EPSILON)) & (self.high < goals - _EPSILON)
            is_short &= goals <= self.truth + self._rise
        else:
            is_short &= (self.high >= need - _EPSILON) & (goals >= self.truth - self._fall)
        return np.flatnonzero(is_short & (pattern > _EPSILON))

    def _need(self, pattern: Floats, room: int) -> Floats:
        """Return how high each count must be able to be, as far as it is suppressed."""
        return np.asarray(self.truth + (self.attacker.limits.high - self.truth) * pattern + room)

    def _goals(self, pattern: Floats, room: int, direction: int) -> Floats:
        """Return how high, or how low, each count is enough beside the files that were found."""
        width = self.attacker.limits.width * pattern + room
        return np.asarray(
            np.maximum(self._need(pattern, room), self.low + width) if direction == HIGHEST else self.high - width
        )

    def _has_room(self, count: int) -> bool:
        """Return whether a count has a wide interval in whole persons."""
        width, least_high = self.attacker.limits.width[count], self.attacker.limits.high[count]
        ends = []
        for direction in (HIGHEST, LOWEST):
            if self._are_settled()[count]:
                return True
            ends.append(self._ask(((count, 1),), direction).counts[count])
        high, low = ends
        if high < least_high - _EPSILON or high - low < width - _EPSILON:
            return False
        if not self._are_settled()[count]:
            self._aim([count], HIGHEST, [max(least_high, self.least[count] + width)], self._ask_whole)
        if not self._are_settled()[count]:
            self._aim([count], LOWEST, [self.most[count] - width], self._ask_whole)
        return bool(self._are_settled()[count])

    def _are_settled(self) -> Pattern:
        """Return per count whether the files found give it enough room.

        Whole files do, or files with fractions so far apart that whole ones will.
        """
        is_settled = np.zeros(len(self.truth), np.bool_)
        for low, high, room in ((self.least, self.most, 0), (self.low, self.high, DOUBT)):
            is_wide = high - low >= self.attacker.limits.width + room - _EPSILON
            is_settled |= is_wide & (high >= self.attacker.limits.high + room - _EPSILON)
        return is_settled

    def _allow(self, pattern: Floats) -> None:
        """Let the counts move as far as they are suppressed, and see which witnesses still fit."""
        reach = _REACH * self.task.profile.threshold
        self._fall = np.maximum((self.truth - self.attacker.floor) * pattern, self.truth - self.task.low)
        rise = np.minimum(np.where(pattern > 1.0 - _EPSILON, CAP, reach * pattern), self._room_up)
        self._rise = np.maximum(rise, self.task.high - self.truth)
        self.program.know(self.truth - self._fall, self.truth + self._rise)
        low, high = self.truth - self._fall - _EPSILON, self.truth + self._rise + _EPSILON
        self._fitting, self._fitting_whole = (files.within(low, high) for files in (self.witnesses, self.whole))
        for files in (self._fitting, self._fitting_whole):
            files.add(self.truth, self.hidden)
        (self.low, self.high), (least, most) = (
            files.extremes(self.attacker.persons - _EPSILON) for files in (self._fitting, self._fitting_whole)
        )
        self.low, self.high = np.minimum(self.low, least), np.maximum(self.high, most)

    def _open(self, count: int, pattern: Floats) -> bool:
        """Return whether a suppressed count lacks room above or in width, and a new condition says so."""
        share = float(pattern[count])
        need = float(self.attacker.limits.high[count]) - float(self.truth[count])
        if self.high[count] - self.truth[count] < need * share - _EPSILON:
            answer = self._aim([count], HIGHEST, [self.truth[count] + need * share])
            if self.high[count] - self.truth[count] < need * share - _EPSILON:
                return self.master.require(self._capacity(answer), need - self._slack(answer), count)
        width = float(self.attacker.limits.width[count]) * share
        answers: list[Answer] = []
        for direction, end in ((LOWEST, self.high[count] - width), (HIGHEST, CAP)):
            if self.high[count] - self.low[count] >= width - _EPSILON:
                return False
            answers.append(self._aim([count], direction, [self.low[count] + width if direction == HIGHEST else end]))
        if self.high[count] - self.low[count] >= width - _EPSILON:
            return False
        capacity = self._capacity(answers[0]) + self._capacity(answers[1])
        least = float(self.attacker.limits.width[count]) - sum(map(self._slack, answers))
        return self.master.require(capacity, least, count)

    def _aim(self, counts: Iterable[int], direction: int, targets: Iterable[float], ask: Ask | None = None) -> Answer:
        """Ask for the sum of some counts, each as far as its target only.

        Looking further takes longer, and moves more counts than needed.
        """
        low, high = self.truth - self._fall, self.truth + self._rise
        form = tuple((int(count), 1) for count in counts)
        for (count, _), target in zip(form, targets, strict=True):
            if direction == HIGHEST:
                self.program.know_of(count, low[count], min(high[count], target))
            else:
                self.program.know_of(count, max(low[count], target), high[count])
        answer = (ask or self._ask)(form, direction)
        for count, _ in form:
            self.program.know_of(count, low[count], high[count])
        return answer

    def _rule_out(self, demand: Demand) -> bool:
        """Return whether a demand can be ruled out, and a new condition says so."""
        answer = self._ask(demand.form, HIGHEST)
        if value_of(demand.form, answer.counts) >= demand.least - _EPSILON:
            return False
        return self.master.require(
            self._capacity(answer), demand.least - value_of(demand.form, self.truth) - self._slack(answer)
        )

    def _ask(self, form: Terms, direction: int) -> Answer:
        """Ask the program for an end of a form, and keep its answer as a witness."""
        self.course.tell()
        answer = self.program.ask(form, direction)
        for files in (self.witnesses, self._fitting):
            files.add(answer.counts, answer.hidden)
        if answer.is_whole:
            self._keep_whole(answer)
        self.low, self.high = np.minimum(self.low, answer.counts), np.maximum(self.high, answer.counts)
        return answer

    def _ask_whole(self, form: Terms, direction: int) -> Answer:
        """Ask as `_ask` does, in whole persons."""
        self.course.tell()
        answer = self.program.ask_whole(form, direction)
        self._keep_whole(answer)
        return answer

    def _keep_whole(self, answer: Answer) -> None:
        """Keep a file of whole persons as a witness."""
        for files in (self.whole, self._fitting_whole):
            files.add(answer.counts, answer.hidden)
        self.least, self.most = np.minimum(self.least, answer.counts), np.maximum(self.most, answer.counts)

    def _slack(self, answer: Answer) -> float:
        """Return what the form gains without suppression: by rounding, and by cells that no table shows."""
        up, down = self.task.high - self.truth, self.truth - self.task.low
        return answer.slack + float(np.where(answer.prices > 0, answer.prices * up, -answer.prices * down).sum())

    def _capacity(self, answer: Answer) -> Floats:
        """Return what suppressing each count adds to what the form can gain."""
        return np.where(
            answer.prices > 0, answer.prices * self._room_up, -answer.prices * (self.truth - self.attacker.floor)
        )
