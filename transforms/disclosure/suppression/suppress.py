"""Search for the cheapest pattern of suppressed counts that is safe.

Safe means that an attacker is left with wide enough intervals. A master program proposes the
cheapest pattern that keeps all conditions found so far; an attacker then looks for proofs of
small counts or narrow intervals. Every proof is a new condition, read from the
prices (duals) of the attacker's linear program. When nothing can be proven any more, the
pattern is safe and, being the cheapest that keeps conditions which every safe pattern keeps,
optimal (Fischetti and Salazar-González, Management Science 47, 2001). A proposal that is not
yet safe is repaired by adding to it, so that there is a safe pattern early, with a proven
bound on how much better any other could be.

Attacks that fail are kept: they are whole files that fit everything published (witnesses), and
one witness often settles many counts.
"""

import math
from collections.abc import Callable
from contextlib import suppress as abandoned
from dataclasses import replace
from itertools import chain
from itertools import count as rounds

import numpy as np

from schemas.errors import Contradiction, DisclosureFailure
from transforms.disclosure.counts.files import Files
from transforms.disclosure.counts.records import Insiders
from transforms.disclosure.counts.rules import Demand
from transforms.disclosure.model.joint import Terms
from transforms.disclosure.model.program import DOUBT, Answer, Program, value_of
from transforms.disclosure.model.solver import CAP, HIGHEST, LOWEST, Floats, Pattern
from transforms.disclosure.suppression.lines import Lines
from transforms.disclosure.suppression.master import Master
from transforms.disclosure.suppression.mend import Mender
from transforms.disclosure.suppression.parts import parts
from transforms.disclosure.suppression.progress import Course, Stopped, Watch, keep_going
from transforms.disclosure.suppression.task import EFFORT, LIMIT, OPTIMAL, Suppression, Task

_EPSILON = 1e-6
_REACH = 3.0
"""A count that is suppressed in part may rise by that part of three thresholds: with more, hardly
anything would be proven about patterns in parts, and little be learned from them."""

_MEMORY = 2_000
"""Witnesses that are kept."""

_REPAIRS = 6
"""Rounds of conditions after which a pattern is mended count by count."""

_ENOUGH = 100
"""Conditions from attackers in the file after which another pattern is tried."""

_STALL = 4
"""Rounds without progress of the bound after which the master proposes whole patterns."""

Ask = Callable[[Terms, int], Answer]


def suppress(task: Task, effort: float = EFFORT, watch: Watch = keep_going) -> Suppression:
    """Return the counts of a release that must not be published; the same for the same task.

    Args:
        effort: Work per independent part after which its best pattern so far is taken; 0 for the
            first safe one.
        watch: Called at every step; may end the search. One that always returns True changes nothing.

    Raises:
        DisclosureFailure: The counts contradict each other, the grand total is small, or no
            pattern is safe.
    """
    parts_done: list[tuple[Suppression, list[int]]] = []
    for part, places in parts(task):
        parts_done.append(
            (_suppress_part(part, effort, Course(watch, [suppression for suppression, _ in parts_done])), places)
        )
    return Suppression(
        frozenset(places[count] for suppression, places in parts_done for count in suppression.counts),
        sum(suppression.cost for suppression, _ in parts_done),
        sum(suppression.bound for suppression, _ in parts_done),
        OPTIMAL if all(suppression.status == OPTIMAL for suppression, _ in parts_done) else LIMIT,
    )


def _suppress_part(task: Task, effort: float, course: Course) -> Suppression:
    """Search one independent part, in an order that does not depend on names."""
    ordered, order = task.in_order()
    search = _Search(ordered, course)
    search.outline(effort)
    search.sketch(effort)
    suppression = search.finish(effort)
    return replace(suppression, counts=frozenset(order[count] for count in suppression.counts))


class _Search:
    """Search for the cheapest safe pattern of one part.

    Attributes:
        never: Counts that stay published: the grand total, rounded counts, and counts published before.
        floor: The persons that the present attacker knows to be in a count, if it is blank.
        limits: What the present attacker must be left.
        persons: The persons that the present attacker knows to be in each hidden cell.
        witnesses: Files that fit the relations.
        whole: The witnesses in whole persons.
        hidden: Persons per hidden cell in a file with the true counts.
        watched: Attackers in the file for whom some pattern was not safe, by how many persons they are.
    """

    def __init__(self, task: Task, course: Course) -> None:
        self.task, self.course = task, course
        self.truth = task.truth.astype(np.float64)
        self.program = Program(task.system, self.truth, self.truth)
        if (file := self.program.find()) is None:
            raise Contradiction("the counts contradict each other")
        self.hidden = task.records.hidden(task.system.hidden) if task.records.pooled else file.hidden
        self.program.measure_from(self.hidden)
        self.persons = np.zeros(task.system.hidden)
        everybody = np.array([not key for key in task.system.keys])
        if np.any(everybody & (task.truth >= 1) & (task.truth < task.profile.threshold)):
            raise DisclosureFailure("the grand total is below the threshold")
        # The grand total may have to be suppressed all the same, if it would show a small change.
        self.never = (everybody | (task.low < task.high)) & ~task.sensitive
        self.never[sorted(task.public)] = True
        self.master = Master(task.prices, task.sensitive, self.never)
        self.lines = Lines(task)
        known = task.known
        self.floor, self._room_up = known.low, task.room_up
        self.limits = known.limits(task.profile)
        self.mender = Mender(task, self.floor, self.never)
        kept = task.system.hidden if task.records.pooled else 0
        self.witnesses, self.whole = (Files(len(task.truth), kept, _MEMORY) for _ in range(2))
        self._fitting, self._fitting_whole = self.witnesses, self.whole
        self._pattern: Floats | None = None
        self.watched: dict[int, Insiders] = {}
        self.low = self.high = self.least = self.most = self.truth

    @property
    def work(self) -> float:
        return self.program.work + self.master.work + self.mender.work

    def outline(self, effort: float) -> None:
        """Collect the conditions that patterns in parts break: cheap, and most of the bound."""
        best, since = 0, 0
        while since < _STALL and self.work <= effort / 2 and not self.course.is_stopped:
            proposal = self.master.relax()
            if not self._separate(proposal.pattern):
                return
            best, since = (proposal.bound, 0) if proposal.bound > best else (best, since + 1)

    def sketch(self, effort: float) -> None:
        """Collect the conditions that whole patterns break for outsiders: those are attacked faster than insiders."""
        best, bound = math.inf, 0
        while self.task.records.pooled and bound < best and self.work <= effort / 10 and not self.course.is_stopped:
            proposal = self.master.solve()
            pattern = self._repair(proposal.pattern > 0.5, self._separate_attacker)
            best, bound = min(best, math.inf if pattern is None else self.master.cost(pattern)), proposal.bound

    def finish(self, effort: float) -> Suppression:
        """Propose whole patterns and repair them until one is proven optimal or the effort is spent."""
        course = self.course
        with abandoned(Stopped):
            while course.pattern is None or (course.is_open and self.work <= effort):
                course.tell()
                proposal = self.master.solve()
                course.raise_bound(proposal.bound)
                pattern = self._repair(proposal.pattern > 0.5, self._separate_anybody) if course.is_open else None
                if pattern is not None:
                    course.offer(pattern, self.master.cost(pattern))
        return course.result()

    def _repair(self, pattern: Pattern, separate: Callable[[Pattern], int]) -> Pattern | None:
        """Suppress more until nothing can be proven: by conditions, and if those are too many, count by count.

        None once the pattern costs as much as the best one; its conditions are kept.
        """
        for attempt in rounds(1):
            if attempt > 1 and self.master.cost(pattern) >= self.course.cost:
                return None
            if not separate(pattern):
                return pattern
            if attempt >= _REPAIRS or self.course.is_stopped:
                pattern = self.mender.mend(pattern)
            # Last: known conditions are not found again, so the pattern must keep them.
            pattern = self._with_conditions(pattern)
        return pattern

    def _with_conditions(self, pattern: Pattern) -> Pattern:
        """Return the cheapest pattern that keeps the conditions and blanks at least this one, or else another one.

        Beside figures of others a blank count may be safe only if it is published.
        """
        with abandoned(DisclosureFailure):
            return self.master.solve(start=pattern).pattern > 0.5
        return self.master.solve().pattern > 0.5

    def _separate_anybody(self, pattern: Pattern) -> int:
        """Add conditions that a pattern breaks for outsiders or, if there are none, for insiders; return how many."""
        return self._separate_attacker(pattern) or self._separate_insiders(pattern)

    def _separate_attacker(self, pattern: Pattern) -> int:
        """Add conditions that a pattern breaks for the present attacker; return how many."""
        return self._separate(pattern.astype(np.float64)) or self._separate_whole(pattern)

    def _separate_insiders(self, pattern: Pattern) -> int:
        """Add conditions as `_separate_attacker` does, for attackers who are in the file; return how many."""
        added, outside = 0, self.limits
        # Those for whom some pattern was broken before come first.
        for insiders in chain(list(self.watched.values()), self.task.records.insiders()):
            self.limits = self.task.known.limits(self.task.profile, insiders.number)
            added = self._separate_some(insiders, pattern)
            if added:
                break
        self.limits = outside
        return added

    def _separate_some(self, insiders: Insiders, pattern: Pattern) -> int:
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
        added = self._separate_attacker(pattern) if is_alone else 0
        if added:
            self.watched[insiders.number] = self.watched.get(insiders.number, insiders).with_(insiders)
        is_open = not is_alone and bool(self._explore(pattern))
        self._assume(None)
        for half in (slice(None, len(insiders) // 2), slice(len(insiders) // 2, None)) if is_open else ():
            if added < _ENOUGH:
                added += self._separate_some(insiders[half], pattern)
        return added

    def _assume(self, insiders: Insiders | None) -> None:
        """Let the attacker know what all of some people in the file know; None is somebody outside."""
        hidden = self.task.system.hidden
        self.persons = np.zeros(hidden) if insiders is None else insiders.floor(hidden)
        known = np.array([self.persons[list(columns)].sum() for columns in self.task.system.sums])
        self.floor = np.maximum(self.task.known.low, known)
        self.program.assume(self.persons)

    def _separate(self, pattern: Floats) -> int:
        """Add conditions that a pattern, possibly in parts, breaks; return how many.

        Those of single lines first: they cost nothing, and spare the programs that would find them.
        """
        if added := self._separate_lines(pattern):
            return added
        self._allow(pattern)
        suppressed = [int(count) for count in np.argsort(self.truth, kind="stable") if pattern[count] > _EPSILON]
        added = sum(self._open(count, pattern) for count in suppressed)
        # What is demanded of groups is demanded of what a release tells everybody.
        demands = () if self.persons.any() else self.task.demands
        return added + sum(self._rule_out(demand) for demand in demands)

    def _separate_lines(self, pattern: Floats) -> int:
        """Add the conditions of single lines that a pattern breaks; return how many."""
        added = 0
        for condition in self.lines.broken_conditions(pattern):
            capacity = np.zeros_like(self.truth)
            capacity[condition.others] = condition.capacity
            added += self.master.require(capacity, condition.least, condition.count)
        return added

    def _separate_whole(self, pattern: Pattern) -> int:
        """Add a condition per count that only fractions of persons protect; return how many.

        A pattern that publishes as much or more proves as much or more, so one of the published counts must go.
        """
        condition = np.where(pattern, 0.0, 1.0)
        return sum(self.master.require(condition, 1.0, count) for count in self._explore(pattern))

    def _explore(self, pattern: Pattern) -> list[int]:
        """Look for whole files that give every blank count room; return the counts that have none."""
        self._allow(pattern.astype(np.float64))
        self.least, self.most = self._fitting_whole.extremes(self.persons - _EPSILON)
        return [count for count in map(int, np.flatnonzero(pattern)) if not self._has_room(count)]

    def _has_room(self, count: int) -> bool:
        """Return whether a count has a wide interval in whole persons."""
        width, least_high = self.limits.width[count], self.limits.high[count]
        ends = []
        for direction in (HIGHEST, LOWEST):
            if self._is_settled(count):
                return True
            ends.append(self._ask(((count, 1),), direction).counts[count])
        high, low = ends
        if high < least_high - _EPSILON or high - low < width - _EPSILON:
            return False
        if not self._is_settled(count):
            self._aim(count, HIGHEST, max(least_high, self.least[count] + width), self._ask_whole)
        if not self._is_settled(count):
            self._aim(count, LOWEST, self.most[count] - width, self._ask_whole)
        return self._is_settled(count)

    def _is_settled(self, count: int) -> bool:
        """Return whether the files found give a count enough room.

        Whole files do, or files with fractions so far apart that whole ones will.
        """
        for low, high, room in ((self.least, self.most, 0), (self.low, self.high, DOUBT)):
            is_wide = high[count] - low[count] >= self.limits.width[count] + room - _EPSILON
            if is_wide and high[count] >= self.limits.high[count] + room - _EPSILON:
                return True
        return False

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
            answer = self._aim(count, HIGHEST, self.truth[count] + need * share)
            if self.high[count] - self.truth[count] < need * share - _EPSILON:
                return self.master.require(self._capacity(answer), need - self._slack(answer), count)
        width = float(self.limits.width[count]) * share
        answers: list[Answer] = []
        for direction, end in ((LOWEST, self.high[count] - width), (HIGHEST, CAP)):
            if self.high[count] - self.low[count] >= width - _EPSILON:
                return False
            answers.append(self._aim(count, direction, self.low[count] + width if direction == HIGHEST else end))
        if self.high[count] - self.low[count] >= width - _EPSILON:
            return False
        capacity = self._capacity(answers[0]) + self._capacity(answers[1])
        least = float(self.limits.width[count]) - sum(map(self._slack, answers))
        return self.master.require(capacity, least, count)

    def _aim(self, count: int, direction: int, target: float, ask: Ask | None = None) -> Answer:
        """Ask for a count as far as the target only.

        Looking further takes longer, and moves more counts than needed.
        """
        low, high = self.truth[count] - self._fall[count], self.truth[count] + self._rise[count]
        if direction == HIGHEST:
            self.program.know_of(count, low, min(high, target))
        else:
            self.program.know_of(count, max(low, target), high)
        answer = (ask or self._ask)(((count, 1),), direction)
        self.program.know_of(count, low, high)
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
