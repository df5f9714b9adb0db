"""Progress of a search for a pattern, and a way for the watcher to end it."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from transforms.disclosure.model.solver import Pattern
from transforms.disclosure.suppression.task import LIMIT, OPTIMAL, Suppression


@dataclass(frozen=True)
class Progress:
    """The best safe pattern so far.

    Over the independent parts that were begun.

    Attributes:
        blank: Number of counts that it leaves out; None as long as there is no safe pattern.
        cost: Its cost; None as long as there is no safe pattern.
        bound: Proven lower bound on the cost of any safe pattern.
    """

    blank: int | None
    cost: int | None
    bound: int

    @property
    def gap(self) -> float | None:
        """Largest possible saving on the pattern, as a share of its cost; None without a pattern."""
        return None if self.cost is None else (self.cost - self.bound) / max(self.cost, 1)


Watch = Callable[[Progress], bool]
"""Called at every step; False ends the search with the best safe pattern so far, or else with the first one."""


def keep_going(_: Progress) -> bool:
    """Let the search go on until it is done."""
    return True


class Stopped(Exception):
    """End of a search by its watcher; there is a safe pattern."""


class Course:
    """The search of one part.

    Args:
        watch: Called at every step.
        parts_before: The patterns of the parts before it.

    Attributes:
        pattern: The best safe one so far.
        is_stopped: The search is to end as soon as there is a safe pattern.
    """

    def __init__(self, watch: Watch, parts_before: Sequence[Suppression] = ()) -> None:
        self.pattern: Pattern | None = None
        self.cost, self.bound = math.inf, 0
        self.is_stopped = False
        self._watch, self._parts_before = watch, parts_before

    @property
    def is_open(self) -> bool:
        """Whether there may be a better pattern than the best so far."""
        return self.bound < self.cost

    def raise_bound(self, bound: int) -> None:
        """Note that no safe pattern costs less."""
        self.bound = max(self.bound, bound)

    def offer(self, pattern: Pattern, cost: int) -> None:
        """Keep a safe pattern if it is the cheapest so far."""
        if cost < self.cost:
            self.pattern, self.cost = pattern, cost

    def tell(self) -> None:
        """Report the progress to the watcher.

        Raises:
            Stopped: The search is to end, and there is a safe pattern to end with.
        """
        self.is_stopped = not self._watch(self._progress()) or self.is_stopped
        if self.is_stopped and self.pattern is not None:
            raise Stopped

    def result(self) -> Suppression:
        """Return the best safe pattern, and how good it is."""
        chosen = [] if self.pattern is None else np.flatnonzero(self.pattern).tolist()
        status = LIMIT if self.is_open else OPTIMAL
        return Suppression(frozenset(chosen), int(self.cost), int(min(self.bound, self.cost)), status)

    def _progress(self) -> Progress:
        """Return the progress over this part and those before it."""
        bound = sum(part.bound for part in self._parts_before) + int(min(self.bound, self.cost))
        if self.pattern is None:
            return Progress(None, None, bound)
        blank = sum(len(part.counts) for part in self._parts_before) + int(self.pattern.sum())
        return Progress(blank, sum(part.cost for part in self._parts_before) + int(self.cost), bound)
