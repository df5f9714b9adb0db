"""Search for the cheapest pattern of suppressed counts that is safe.

Safe means that an attacker is left with wide enough intervals. A master program proposes the
cheapest pattern that keeps all conditions found so far; an attacker then looks for proofs of
small counts or narrow intervals. Every proof is a new condition, read from the
prices (duals) of the attacker's linear program. When nothing can be proven any more, the
pattern is safe and, being the cheapest that keeps conditions which every safe pattern keeps,
optimal (Fischetti and Salazar-González, Management Science 47, 2001): the cheapest that is safe from
the attackers of the search, who are people in the file together (`counts.records`). A proposal that is not
yet safe is repaired by adding to it, so that there is a safe pattern early, with a proven
bound on how much better any other could be.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress as abandoned
from dataclasses import replace
from itertools import count as rounds

import numpy as np

from schemas.errors import DisclosureFailure, NoSafePattern
from transforms.disclosure.counts.records import Insiders
from transforms.disclosure.model.solver import Pattern
from transforms.disclosure.suppression.crowds import crowds
from transforms.disclosure.suppression.master import Master
from transforms.disclosure.suppression.mend import Mender
from transforms.disclosure.suppression.parts import parts
from transforms.disclosure.suppression.progress import Course, Stopped, Watch, keep_going
from transforms.disclosure.suppression.separation import Separation, attackers
from transforms.disclosure.suppression.task import EFFORT, LIMIT, OPTIMAL, Suppression, Task

_REPAIRS = 15
"""Rounds of conditions after which a pattern is mended count by count."""

_LAST = 1.5
"""A safe pattern is made cheaper up to this many times the effort, which saves the most cells."""

_CROWDS = 500
"""With more attackers in the file a release is refused, though some pattern might be safe."""

_STALL = 15
"""Rounds without progress of the bound after which the master proposes whole patterns."""


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
        before = [suppression for suppression, _ in parts_done]
        parts_done.append((_suppress_part(part, effort, watch, before), places))
    return Suppression(
        frozenset(places[count] for suppression, places in parts_done for count in suppression.counts),
        sum(suppression.cost for suppression, _ in parts_done),
        sum(suppression.bound for suppression, _ in parts_done),
        OPTIMAL if all(suppression.status == OPTIMAL for suppression, _ in parts_done) else LIMIT,
    )


def _suppress_part(task: Task, effort: float, watch: Watch, before: Sequence[Suppression]) -> Suppression:
    """Search one independent part, in an order that does not depend on names.

    Where no pattern is safe from people in the file who attack together, it is searched anew with them in groups; what
    was proven with all together says nothing then.
    """
    ordered, order = task.in_order()
    published = _never_blank(ordered)
    insiders = crowds(ordered, published)
    suppression = None
    while suppression is None:
        try:
            suppression = _Search(ordered, insiders, published, Course(watch, before)).run(effort)
        except NoSafePattern:
            insiders = [part for some in insiders for part in some.split()]
            if not 0 < len(insiders) <= _CROWDS:
                raise
    return replace(suppression, counts=frozenset(order[count] for count in suppression.counts))


def _never_blank(task: Task) -> Pattern:
    """Return the counts that no pattern suppresses; raise `DisclosureFailure` if the grand total is small."""
    everybody = np.array([not key for key in task.system.keys])
    if np.any(everybody & (task.truth >= 1) & (task.truth < task.profile.threshold)):
        raise DisclosureFailure("the grand total is below the threshold")
    # The grand total may have to be suppressed all the same, if it would show a small change.
    never = (everybody | (task.low < task.high)) & ~task.sensitive
    never[sorted(task.public)] = True
    return never


class _Search:
    """Search for the cheapest safe pattern of one part.

    Attributes:
        separation: What attackers prove of a pattern.
    """

    def __init__(self, task: Task, insiders: Iterable[Insiders], never: Pattern, course: Course) -> None:
        self.task, self.course = task, course
        self.master = Master(task.prices, task.sensitive, never)
        all_attackers = attackers(task, insiders)
        self.separation = Separation(task, all_attackers, self.master, course)
        self.mender = Mender(task, all_attackers[0], never)

    @property
    def work(self) -> float:
        return self.separation.program.work + self.master.work + self.mender.work

    def run(self, effort: float) -> Suppression:
        """Return the best pattern that the effort finds.

        Raises `NoSafePattern` if none is safe.
        """
        self.outline(effort)
        return self.finish(effort)

    def outline(self, effort: float) -> None:
        """Collect the conditions that patterns in parts break: cheap, and most of the bound."""
        best, since = 0, 0
        while since < _STALL and self.work <= effort / 2 and not self.course.is_stopped:
            proposal = self.master.relax()
            if not self.separation.in_parts(proposal.pattern):
                return
            best, since = (proposal.bound, 0) if proposal.bound > best else (best, since + 1)

    def finish(self, effort: float) -> Suppression:
        """Propose whole patterns and repair them until one is proven optimal or the effort is spent."""
        course = self.course
        with abandoned(Stopped):
            while course.pattern is None or (course.is_open and self.work <= effort):
                course.tell()
                # The first whole pattern is one in parts, rounded: the cheapest one takes long, and is not safe either.
                proposal = self.master.relax() if course.pattern is None else self.master.solve()
                course.raise_bound(proposal.bound)
                start = proposal.pattern > 0.5
                if course.pattern is None:
                    start = self.master.extend(start)
                pattern = self._repair(start) if course.is_open else None
                while pattern is not None:
                    course.offer(pattern, self.master.cost(pattern))
                    pattern = self._improve(pattern, effort)
        return course.result()

    def _improve(self, pattern: Pattern, effort: float) -> Pattern | None:
        """Return a cheaper pattern that blanks nothing else than a safe one; None if none is found."""
        while self.course.is_open and self.work <= _LAST * effort:
            proposal = self.master.solve(within=pattern)
            if proposal.bound >= self.master.cost(pattern):
                return None
            better = self._repair(proposal.pattern > 0.5, within=pattern)
            if better is not None:
                return better
        return None

    def _repair(self, pattern: Pattern, within: Pattern | None = None) -> Pattern | None:
        """Suppress more until nothing can be proven: by conditions, and if those are too many, count by count.

        None once the pattern costs as much as the best one; its conditions are kept.
        """
        for attempt in rounds(1):
            if attempt > 1 and self.master.cost(pattern) >= self.course.cost:
                return None
            if not self.separation.in_whole(pattern):
                return pattern
            if within is None and (attempt >= _REPAIRS or self.course.is_stopped):
                pattern = self.mender.mend(pattern)
            # Last: known conditions are not found again, so the pattern must keep them.
            pattern = self.master.extend(pattern, within)
        return pattern
