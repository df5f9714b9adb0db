"""What attackers prove of a pattern of suppressed counts, as conditions that every safe pattern keeps.

An attacker looks for proofs of small counts or narrow intervals. Every proof is a new condition, read from the
prices (duals) of the attacker's linear program. Attacks that fail are kept: they are whole files that fit everything
published (witnesses), and one witness often settles many counts.
"""

from collections.abc import Callable, Iterable
from itertools import chain

import numpy as np
import numpy.typing as npt

from schemas.errors import Contradiction
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

_ENOUGH = 100
"""Conditions from attackers in the file after which another pattern is tried."""

_FEW = 2
"""Counts for which files are sought one by one."""

Ask = Callable[[Terms, int], Answer]
Places = npt.NDArray[np.int64]


class Separation:
    """Tells a master program which conditions a pattern breaks.

    Args:
        course: Told at every question.

    Attributes:
        floor: The persons that the present attacker knows to be in a count, if it is blank.
        limits: What the present attacker must be left.
        persons: The persons that the present attacker knows to be in each hidden cell.
        witnesses: Files that fit the relations.
        whole: The witnesses in whole persons.
        hidden: Persons per hidden cell in a file with the true counts.
        watched: Attackers in the file for whom some pattern was not safe, by how many persons they are.

    Raises:
        Contradiction: The counts contradict each other.
    """

    def __init__(self, task: Task, master: Master, course: Course) -> None:
        self.task, self.master, self.course = task, master, course
        self.truth = task.truth.astype(np.float64)
        self.program = Program(task.system, self.truth, self.truth)
        if (file := self.program.find()) is None:
            raise Contradiction("the counts contradict each other")
        self.hidden = task.records.hidden(task.system.hidden) if task.records.pooled else file.hidden
        self.program.measure_from(self.hidden)
        self.persons = np.zeros(task.system.hidden)
        self.lines = Lines(task)
        self.floor, self._room_up = task.known.low, task.room_up
        self.limits = task.known.limits(task.profile)
        kept = task.system.hidden if task.records.pooled else 0
        self.witnesses, self.whole = (Files(len(task.truth), kept, _MEMORY) for _ in range(2))
        self._fitting, self._fitting_whole = self.witnesses, self.whole
        self._pattern: Floats | None = None
        self.watched: dict[int, Insiders] = {}
        self.low = self.high = self.least = self.most = self.truth

    def for_anybody(self, pattern: Pattern) -> int:
        """Add conditions that a pattern breaks for outsiders or, if there are none, for insiders; return how many."""
        return self.for_outsiders(pattern) or self._for_insiders(pattern)

    def for_outsiders(self, pattern: Pattern) -> int:
        """Add conditions that a pattern breaks for the present attacker; return how many."""
        return self.in_parts(pattern.astype(np.float64)) or self._for_whole_persons(pattern)

    def _for_insiders(self, pattern: Pattern) -> int:
        """Add conditions as `for_outsiders` does, for attackers who are in the file; return how many."""
        added, outside = 0, self.limits
        # Those for whom some pattern was broken before come first.
        for insiders in chain(list(self.watched.values()), self.task.records.insiders()):
            self.limits = self.task.known.limits(self.task.profile, insiders.number)
            added = self._for_some(insiders, pattern)
            if added:
                break
        self.limits = outside
        return added

    def _for_some(self, insiders: Insiders, pattern: Pattern) -> int:
        """Add conditions for some of the attackers in the file.

        First files are sought that all of them may hold possible at once: one file may then do for everybody. For whom
        that is not enough, the attackers are split.
        """
        self._allow(pattern.astype(np.float64))
        blank = np.flatnonzero(pattern).tolist()
        insiders = insiders[insiders.open_places(self._fitting_whole, self._fitting, blank, self.limits)]
        if not len(insiders):
            return 0
        self._assume(insiders)
        is_alone = len(insiders) == 1
        added = self.for_outsiders(pattern) if is_alone else 0
        if added:
            self.watched[insiders.number] = self.watched.get(insiders.number, insiders).with_(insiders)
        is_open = not is_alone and bool(self._explore(pattern))
        self._assume(None)
        for half in (slice(None, len(insiders) // 2), slice(len(insiders) // 2, None)) if is_open else ():
            if added < _ENOUGH:
                added += self._for_some(insiders[half], pattern)
        return added

    def _assume(self, insiders: Insiders | None) -> None:
        """Let the attacker know what all of some people in the file know; None is somebody outside."""
        hidden = self.task.system.hidden
        self.persons = np.zeros(hidden) if insiders is None else insiders.floor(hidden)
        known = np.array([self.persons[list(columns)].sum() for columns in self.task.system.sums])
        self.floor = np.maximum(self.task.known.low, known)
        self.program.assume(self.persons)

    def in_parts(self, pattern: Floats) -> int:
        """Add conditions that a pattern, possibly in parts, breaks; return how many.

        Those of single lines first: they cost nothing, and spare the programs that would find them.
        """
        if added := self._for_lines(pattern):
            return added
        self._allow(pattern)
        suppressed = [int(count) for count in np.argsort(self.truth, kind="stable") if pattern[count] > _EPSILON]
        added = sum(self._open(count, pattern) for count in suppressed)
        # What is demanded of groups is demanded of what a release tells everybody.
        demands = () if self.persons.any() else self.task.demands
        return added + sum(self._rule_out(demand) for demand in demands)

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
        condition = np.where(pattern, 0.0, 1.0)
        return sum(self.master.require(condition, 1.0, count) for count in self._explore(pattern))

    def _explore(self, pattern: Pattern) -> list[int]:
        """Look for whole files that give every blank count room; return the counts that have none."""
        self._allow(pattern.astype(np.float64))
        self.least, self.most = self._fitting_whole.extremes(self.persons - _EPSILON)
        blank = np.flatnonzero(pattern)
        self._settle_together(blank)
        return [count for count in blank.tolist() if not self._has_room(count)]

    def _settle_together(self, counts: Places) -> None:
        """Look for files that give many counts room at once, as long as each does so for some more."""
        for direction in (HIGHEST, LOWEST):
            waiting = len(counts) + 1
            while _FEW < len(some := self._short(counts, direction)) < waiting:
                waiting = len(some)
                self._aim(some, direction, self._goals(direction)[some])

    def _short(self, counts: Places, direction: int) -> Places:
        """Return the counts without room that a file on this side of them would help."""
        goals, low, high = self._goals(direction), np.minimum(self.low, self.least), np.maximum(self.high, self.most)
        if direction == HIGHEST:
            is_short = high < np.minimum(goals, self.truth + self._rise) - _EPSILON
        else:
            is_short = (low > np.maximum(goals, self.truth - self._fall) + _EPSILON) & (high >= self.limits.high)
        return counts[(is_short & ~self._are_settled())[counts]]

    def _goals(self, direction: int) -> Floats:
        """Return how high, or how low, each count is enough, in fractions of persons too."""
        if direction == HIGHEST:
            lowest = np.minimum(self.low, self.least) + self.limits.width
            return np.asarray(np.maximum(self.limits.high, lowest) + DOUBT)
        return np.asarray(np.maximum(self.high, self.most) - self.limits.width - DOUBT)

    def _has_room(self, count: int) -> bool:
        """Return whether a count has a wide interval in whole persons."""
        width, least_high = self.limits.width[count], self.limits.high[count]
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
            is_wide = high - low >= self.limits.width + room - _EPSILON
            is_settled |= is_wide & (high >= self.limits.high + room - _EPSILON)
        return is_settled

    def _allow(self, pattern: Floats) -> None:
        """Let the counts move as far as they are suppressed, and see which witnesses still fit."""
        reach = _REACH * self.task.profile.threshold
        self._fall = np.maximum((self.truth - self.floor) * pattern, self.truth - self.task.low)
        rise = np.minimum(np.where(pattern > 1.0 - _EPSILON, CAP, reach * pattern), self._room_up)
        self._rise = np.maximum(rise, self.task.high - self.truth)
        self.program.know(self.truth - self._fall, self.truth + self._rise)
        if self._pattern is None or not np.array_equal(pattern, self._pattern):
            self._pattern = pattern.copy()
            low, high = self.truth - self._fall - _EPSILON, self.truth + self._rise + _EPSILON
            self._fitting, self._fitting_whole = (files.within(low, high) for files in (self.witnesses, self.whole))
            for files in (self._fitting, self._fitting_whole):
                files.add(self.truth, self.hidden)
        self.low, self.high = self._fitting.extremes(self.persons - _EPSILON)

    def _open(self, count: int, pattern: Floats) -> bool:
        """Return whether a suppressed count lacks room above or in width, and a new condition says so."""
        share = float(pattern[count])
        need = float(self.limits.high[count]) - float(self.truth[count])
        if self.high[count] - self.truth[count] < need * share - _EPSILON:
            answer = self._aim([count], HIGHEST, [self.truth[count] + need * share])
            if self.high[count] - self.truth[count] < need * share - _EPSILON:
                return self.master.require(self._capacity(answer), need - self._slack(answer), count)
        width = float(self.limits.width[count]) * share
        answers: list[Answer] = []
        for direction, end in ((LOWEST, self.high[count] - width), (HIGHEST, CAP)):
            if self.high[count] - self.low[count] >= width - _EPSILON:
                return False
            answers.append(self._aim([count], direction, [self.low[count] + width if direction == HIGHEST else end]))
        if self.high[count] - self.low[count] >= width - _EPSILON:
            return False
        capacity = self._capacity(answers[0]) + self._capacity(answers[1])
        least = float(self.limits.width[count]) - sum(map(self._slack, answers))
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
        return np.where(answer.prices > 0, answer.prices * self._room_up, -answer.prices * (self.truth - self.floor))
