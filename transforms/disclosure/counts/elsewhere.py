"""What the figures of others tell of the counts by themselves, and what a release may tell beside them.

A release cannot take back what a public statistic says. So of every blank count an attacker must be left what the
profile promises or, if a statistic leaves less, all that the statistic leaves.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from schemas.specs import Profile
from transforms.disclosure.counts.known import public_bounds
from transforms.disclosure.model.interval import Interval
from transforms.disclosure.model.joint import Terms
from transforms.disclosure.model.program import DOUBT, Program, value_of
from transforms.disclosure.model.solver import CAP, HIGHEST, LOWEST, TOLERANCE, Floats
from transforms.disclosure.model.system import System

NOBODY, SOMEBODY = 0, 1
"""How many persons of a count an attacker is himself."""


@dataclass(frozen=True)
class Limits:
    """What an attacker must be left of a blank count: how high it may be, at least, and how far apart its ends are."""

    high: Floats
    width: Floats

    def is_broken(self, count: int, interval: Interval) -> bool:
        """Return whether an interval of a count is lower or narrower than it may be."""
        return bool(interval.high < self.high[count] or interval.width < self.width[count])


@dataclass(frozen=True)
class Elsewhere:
    """What is known of each count without any release.

    Attributes:
        low, high: What a statistic says of the count itself, or that it is not 0; 0 and `CAP` where nothing does.
        least, most: What all statistics together say of it. Not tightened (0 and `CAP`, either or both) where they
            leave all that a profile promises.
    """

    low: Floats
    high: Floats
    least: Floats
    most: Floats

    @classmethod
    def nothing(cls, counts: int) -> "Elsewhere":
        """Nobody else publishes anything."""
        low, high = np.zeros(counts), np.full(counts, CAP)
        return cls(low, high, low, high)

    def of(self, counts: Sequence[int]) -> "Elsewhere":
        """Return what is known of these counts, in this order."""
        rows = list(counts)
        return Elsewhere(self.low[rows], self.high[rows], self.least[rows], self.most[rows])

    def limits(self, profile: Profile, own: int = NOBODY) -> Limits:
        """Return what an attacker must be left who is so many persons of a count himself."""
        most = np.maximum(0.0, self.most - own)
        width = np.maximum(0.0, self.most - self.least - own)
        return Limits(np.minimum(profile.threshold, most), np.minimum(profile.minimum_width, width))

    def is_told(self, profile: Profile) -> Floats:
        """Return which counts the statistics alone tell more closely than the profile promises of a blank one."""
        return np.asarray((self.most < profile.threshold) | (self.most - self.least < profile.minimum_width))


class PublicFigures:
    """An attack with the statistics of others, with which categories are not empty, and with nothing else.

    Args:
        system: Cells of tables and statistics as one system.
        profile: Its limits, and the statistics.

    Attributes:
        elsewhere: What it gives of every count.

    Raises:
        Contradiction: No file of persons has these figures.
    """

    def __init__(self, system: System, profile: Profile) -> None:
        self.elsewhere = Elsewhere.nothing(len(system.keys))
        self._program: Program | None = None
        if profile.public or system.occupied:
            low, high = public_bounds(system, profile.public)
            self._program = Program(system, low, high)
            self.elsewhere = _elsewhere(self._program, low, high, profile)

    def interval(self, count: int) -> Interval:
        """Return what all statistics together say of a count."""
        form: Terms = ((count, 1),)
        return Interval(self.lowest(form), self.highest(form))

    def lowest(self, form: Terms) -> int:
        """Return the lowest value of a sum of counts, in whole persons as far as a linear program tells."""
        return math.ceil(self._end(form, LOWEST) - TOLERANCE)

    def highest(self, form: Terms) -> int:
        """Return the highest value of a sum of counts, in whole persons as far as a linear program tells."""
        return math.floor(self._end(form, HIGHEST) + TOLERANCE)

    def _end(self, form: Terms, direction: int) -> float:
        if self._program is None:
            return -direction * CAP * sum(abs(coefficient) for _, coefficient in form)
        return value_of(form, self._program.ask(form, direction).counts)


def _elsewhere(program: Program, low: Floats, high: Floats, profile: Profile) -> Elsewhere:
    """Return what figures imply of each count; solved only while no file seen so far shows that its ends are wide."""
    seen_low, seen_high = np.full(len(low), CAP), np.zeros(len(low))
    least, most = np.zeros(len(low)), np.full(len(low), CAP)
    for count, direction in product(range(len(low)), (HIGHEST, LOWEST)):
        is_wide = seen_high[count] - seen_low[count] >= profile.minimum_width + DOUBT
        if not is_wide or seen_high[count] < profile.threshold + DOUBT:
            counts = program.ask(((count, 1),), direction).counts
            seen_low, seen_high = np.minimum(seen_low, counts), np.maximum(seen_high, counts)
            if direction == HIGHEST:
                most[count] = math.floor(counts[count] + TOLERANCE)
            else:
                least[count] = math.ceil(counts[count] - TOLERANCE)
    return Elsewhere(low, high, least, most)
