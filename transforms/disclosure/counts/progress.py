"""How far a search for a pattern is, and how whoever watches may end it."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from transforms.disclosure.counts.master import Pattern
from transforms.disclosure.counts.task import LIMIT, OPTIMAL, Suppression


@dataclass(frozen=True)
class Progress:
    """The best safe pattern so far, over the independent parts that were begun.

    Attributes:
        blank: Counts that it leaves out; None as long as there is no safe pattern.
        cost: What it costs; None as long as there is none.
        bound: No safe pattern costs less; proven.
    """

    blank: int | None
    cost: int | None
    bound: int

    @property
    def gap(self) -> float | None:
        """How far the pattern is above the least that is possible, at most, as a share of its cost."""
        return None if self.cost is None else (self.cost - self.bound) / max(self.cost, 1)


Watch = Callable[[Progress], bool]
"""Is told of every step; False ends the search with the best safe pattern so far, or else with the first one."""


def unwatched(_: Progress) -> bool:
    """Let the search go on until it is done."""
    return True


class Stopped(Exception):
    """Whoever watches ended the search, and there is a safe pattern."""


class Course:
    """The search of one part.

    Args:
        watch: Who is told.
        done: What was found for the parts before it.

    Attributes:
        pattern: The best safe one so far.
        is_stopped: The search is to end as soon as there is a safe pattern.
    """

    def __init__(self, watch: Watch, done: Sequence[Suppression] = ()) -> None:
        self.pattern: Pattern | None = None
        self.cost, self.bound = math.inf, 0
        self.is_stopped = False
        self._watch, self._done = watch, done

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
        """Tell how far it is.

        Raises:
            Stopped: The search is to end, and there is a safe pattern to end with.
        """
        self.is_stopped = not self._watch(self._progress()) or self.is_stopped
        if self.is_stopped and self.pattern is not None:
            raise Stopped

    def found(self) -> Suppression:
        """The best safe pattern, and how good it is."""
        chosen = [] if self.pattern is None else np.flatnonzero(self.pattern).tolist()
        status = LIMIT if self.is_open else OPTIMAL
        return Suppression(frozenset(chosen), int(self.cost), int(min(self.bound, self.cost)), status)

    def _progress(self) -> Progress:
        bound = sum(one.bound for one in self._done) + int(min(self.bound, self.cost))
        if self.pattern is None:
            return Progress(None, None, bound)
        blank = sum(len(one.counts) for one in self._done) + int(self.pattern.sum())
        return Progress(blank, sum(one.cost for one in self._done) + int(self.cost), bound)
