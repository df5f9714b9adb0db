"""Which counts to suppress: the small ones, and as few others as protect them.

A count is protected by witnesses: other whole counts of all cells that fit everything
published, in which it is large (or small) enough. A search for a witness may first move
every count, at a price for those still published, and so tells what to suppress next
(after Kelly, Golden and Assad, Networks 22, 1992; Fischetti and Salazar-González, Management
Science 47, 2001). Then counts that no witness needs are published again, the dearest first.
The pattern is safe, but not proven smallest.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from schemas.errors import DisclosureFailure
from schemas.specs import Profile
from transforms.disclosure.program import Counts, Program
from transforms.disclosure.system import System

_ZERO_PRICE = 5.0
"""A suppressed zero must itself be able to reach the threshold, so it tends to drag others along."""

_MARGIN_FACTOR = 3.0
"""Totals of the whole file, by one dimension at most, are what most readers come for."""


def suppress(system: System, truth: Sequence[int], profile: Profile) -> frozenset[int]:
    """The counts of a release that must not be published.

    Args:
        system: The counts and their relations.
        truth: True value per count.
        profile: Threshold and interval to protect with.

    Returns:
        Positions in `system.keys`; the same for the same input.

    Raises:
        DisclosureFailure: The counts contradict each other, the grand total is small, or no
            pattern that publishes the grand total protects every small count.
    """
    search = _Search(system, np.array(truth, dtype=np.int64), profile)
    if search.program.solve() is None:
        raise DisclosureFailure("the counts of the tables contradict each other")
    if np.any(search.hidden & search.fixed):
        raise DisclosureFailure("the grand total is below the threshold")
    _hide(search)
    _publish_again(search)
    return frozenset(search.suppressed())


class _Search:
    """A pattern that is being looked for.

    Attributes:
        truth: True value per count.
        prices: What moving a count by a person costs; nothing for a small count.
        hidden: Whether a count is suppressed.
        fixed: Whether a count must stay published: everybody.
        width: Interval that an attacker must keep around every suppressed count: from outside
            nobody can tell which are small.
        witnesses: Whole counts that fit the relations; the truth is the first.
    """

    def __init__(self, system: System, truth: Counts, profile: Profile) -> None:
        self.program = Program(system, truth.tolist())
        self.threshold = profile.threshold
        self.truth = truth
        self.hidden = (truth >= 1) & (truth < profile.threshold)
        self.fixed = np.array([not key for key in system.keys])
        self.width = max(profile.minimum_width, 1)
        self.prices = np.where(self.hidden, 0.0, _prices(system, truth))
        self.witnesses = truth[np.newaxis]

    def suppressed(self) -> list[int]:
        return [int(count) for count in np.flatnonzero(self.hidden)]

    def published(self) -> list[int]:
        return [int(count) for count in np.flatnonzero(~self.hidden)]

    def intervals(self) -> tuple[Counts, Counts]:
        """Lowest and highest value per count over the witnesses that fit everything published."""
        fits = np.all(self.witnesses[:, ~self.hidden] == self.truth[~self.hidden], axis=1)
        return self.witnesses[fits].min(axis=0), self.witnesses[fits].max(axis=0)

    def interval(self, count: int) -> tuple[int, int]:
        low, high = self.intervals()
        return int(low[count]), int(high[count])

    def unprotected(self) -> list[int]:
        low, high = self.intervals()
        is_open = self.hidden & ((high < self.threshold) | (high - low < self.width))
        return [int(count) for count in np.flatnonzero(is_open)]

    def find(self, count: int, *, least: int | None = None, most: int | None = None) -> list[int]:
        """Look for a witness; returns the published counts that it moves and suppresses them."""
        self.program.require(count, least=least, most=most)
        witness = self.program.solve()
        self.program.suppress(count)
        if witness is None:
            return []
        self.witnesses = np.vstack([self.witnesses, witness])
        moved = np.flatnonzero((witness != self.truth) & ~self.hidden)
        self.hidden[moved] = True
        return [int(other) for other in moved]

    def secure(self, count: int) -> list[int]:
        """Look for all witnesses that a suppressed count lacks; returns what was suppressed for them."""
        moved: list[int] = []
        if self.interval(count)[1] < self.threshold:
            moved += self.find(count, least=self.threshold)
        low, high = self.interval(count)
        if high < self.threshold:
            return moved
        if high - low < self.width:
            moved += self.find(count, most=max(0, high - self.width))
        low, high = self.interval(count)
        if high - low < self.width:
            moved += self.find(count, most=self._lowest(count))
            low, high = self.interval(count)
            moved += self.find(count, least=low + self.width)
        return moved

    def _lowest(self, count: int) -> int:
        """The smallest value that fits, found by halving: an aim would undo the prices."""
        below, low = -1, self.interval(count)[0]
        while low - below > 1:
            middle = (below + low) // 2
            self.program.require(count, most=middle)
            below, low = (middle, low) if self.program.solve() is None else (below, middle)
        self.program.suppress(count)
        return low


def _prices(system: System, truth: Counts) -> npt.NDArray[np.float64]:
    """Margins are dear; a large count, of which a person more or less tells less, is cheaper.

    The numbers were chosen on simulated files of 430 persons; they decide how much is
    published, never whether it is safe.
    """
    is_margin = np.array([len(key) <= 1 for key in system.keys])
    prices = np.where(truth == 0, _ZERO_PRICE, (1.0 + truth) ** -0.3)
    return np.where(is_margin, _MARGIN_FACTOR * prices, prices)


def _hide(search: _Search) -> None:
    """Suppress more counts until every suppressed count has its witnesses."""
    for count in [int(count) for count in np.flatnonzero(~search.fixed)]:
        search.program.suppress(count)
        search.program.price(count, search.prices[count])
    waiting: list[int] = sorted(search.suppressed(), key=lambda count: int(search.truth[count]))
    for count in waiting:
        for moved in search.secure(count):
            search.program.price(moved, 0.0)
            waiting.append(moved)
    if search.unprotected():
        raise DisclosureFailure("no pattern protects every small count")


def _publish_again(search: _Search) -> None:
    """Publish suppressed counts that the others can do without, the dearest first."""
    search.program.doubts = False
    for count in search.published():
        search.program.publish(count)
    complementary = [count for count in search.suppressed() if search.prices[count] > 0]
    for count in complementary:
        search.program.price(count, search.prices[count])
    for count in sorted(complementary, key=lambda count: -search.prices[count]):
        search.hidden[count] = False
        search.program.publish(count)
        if not _can_protect(search):
            search.hidden[count] = True
            search.program.suppress(count)


def _can_protect(search: _Search) -> bool:
    """Whether witnesses are found for every suppressed count; stops at the first that has none."""
    for count in search.unprotected():
        search.secure(count)
        if count in search.unprotected():
            return False
    return True
