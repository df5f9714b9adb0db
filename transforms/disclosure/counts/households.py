"""Counts of persons of few households.

Whoever is told that a cell holds one household knows all of it, however many live there. A count, and what is left of a
group without it, needs `MINIMUM_HOUSEHOLDS` (ours, to be confirmed).
"""

from collections.abc import Iterator, Sequence

import numpy as np

from schemas.profiles import MINIMUM_HOUSEHOLDS
from schemas.specs import TableSpec
from transforms.disclosure.counts.rules import Demand, complements, nested_counts
from transforms.disclosure.model.program import Counts
from transforms.disclosure.model.solver import Pattern
from transforms.disclosure.model.system import System


class Households:
    """Number of households behind every count of a system.

    Args:
        system: Cells of the tables as one system.
        number: Households behind every count; None if households are not declared.
        truth: Persons behind every count.
        threshold: Fewest persons; what counts fewer is judged by their number alone, and so is what is rounded to less.
    """

    def __init__(self, system: System, number: Counts | None, truth: Counts, threshold: int) -> None:
        self._system = system
        self._number = number
        self._truth = truth
        self._threshold = threshold

    def few(self) -> Pattern:
        """Return which counts are of enough persons, but of fewer households than are needed."""
        if self._number is None:
            return np.zeros(len(self._system.keys), dtype=bool)
        return np.asarray((self._truth >= self._threshold) & (self._number < MINIMUM_HOUSEHOLDS))

    def demands(self, specs: Sequence[TableSpec]) -> Iterator[Demand]:
        """Yield that what is left of a group without a cell, if of few households, may be more than it is.

        As far as an attacker can tell, it may be twice as many persons, and as many as the threshold.
        """
        if self._number is None:
            return
        nested = nested_counts(self._system, np.flatnonzero(self._truth == 0))
        for share in dict.fromkeys((*complements(self._system, specs), *nested)):
            rest = int(self._truth[share.group] - self._truth[share.part])
            if rest >= self._threshold and self._least_left(self._number, share.part, share.group) < MINIMUM_HOUSEHOLDS:
                yield Demand(((share.group, 1), (share.part, -1)), rest + self._threshold)

    def _least_left(self, number: Counts, part: int, group: int) -> int:
        """Return a number of households that certainly have somebody in the group who is not in the part.

        A household may have members in both, so the difference is only the least that it can be; a count that lies in
        the rest says more.
        """
        least = int(number[group] - number[part])
        if least >= MINIMUM_HOUSEHOLDS:
            return least
        rest = set(self._system.sums[group]) - set(self._system.sums[part])
        inside = [int(number[count]) for count, columns in enumerate(self._system.sums) if rest.issuperset(columns)]
        return max([least, *inside])
