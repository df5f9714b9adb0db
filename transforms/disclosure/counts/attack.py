"""The attack on suppressed counts.

The attacker knows the published tables, their declarations, what others publish of the same residents, that counts are
whole persons and not negative, and perhaps that he is in one cell himself. Linear programs come first; an interval
within two of a limit is exact: both of its ends occur in some file of whole persons that would give the same tables.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np

from schemas.specs import Profile
from schemas.states import Released
from transforms.disclosure.counts.elsewhere import SOMEBODY, Limits, PublicFigures
from transforms.disclosure.counts.files import Files
from transforms.disclosure.counts.known import hidden_counts, stated_bounds
from transforms.disclosure.counts.records import Insiders
from transforms.disclosure.model.interval import Interval
from transforms.disclosure.model.joint import Terms
from transforms.disclosure.model.program import DOUBT, Answer, Program, value_of
from transforms.disclosure.model.solver import HIGHEST, LOWEST, TOLERANCE, Floats
from transforms.disclosure.model.system import build, with_slack


class Attack:
    """An attack on a release.

    Args:
        released: All tables of the release.
        profile: Its limits, and the statistics of others.

    Attributes:
        system: The counts of the tables, and behind them those that only a statistic has; `places` are of the tables.
        suppressed: Counts that some table does not show, as positions in `system.keys`.
        rounded: Counts that a table shows rounded.
        inexact: Those, and counts that only a statistic has, within its bounds.
        intervals: Per count that is not known exactly: suppressed or rounded.
        public: What the statistics tell by themselves.

    Raises:
        UnknownCategory, DisclosureFailure: A table is not as declared, the published values
            contradict each other, or the solver gave no proven answer.
    """

    def __init__(self, released: Sequence[Released], profile: Profile) -> None:
        everything = with_slack(
            build([*(table.spec for table in released), *(statistic.spec for statistic in profile.public)])
        )
        self.system = replace(everything, places=everything.places[: len(released)])
        self._low, self._high = stated_bounds(self.system, released, profile.threshold, profile.public)
        self._program = Program(self.system, self._low, self._high)
        self._profile = profile
        self._files = Files(len(self.system.keys), self.system.hidden if profile.pooled else 0)
        self.public = PublicFigures(self.system, profile)
        self.limits = self.public.elsewhere.limits(profile)
        self._inside = self.public.elsewhere.limits(profile, SOMEBODY)
        self.suppressed = frozenset(hidden_counts(self.system, released))
        shown = frozenset(chain.from_iterable(self.system.places)) - self.suppressed
        open_counts = frozenset(np.flatnonzero(self._low < self._high).tolist())
        self.rounded, self.inexact = shown & open_counts, open_counts - self.suppressed
        self.intervals = self._intervals(sorted(open_counts & (shown | self.suppressed)))

    @property
    def solved(self) -> int:
        """Number of linear and integer programs solved so far."""
        return self._program.solved

    def interval_of(self, count: int) -> Interval:
        """Return the interval of one count: suppressed, rounded or exact."""
        return self.intervals.get(count) or Interval(int(self._low[count]), int(self._high[count]))

    def interval(self, form: Terms) -> Interval:
        """Return the lowest and highest value of a sum of counts."""
        return self._exact(form, Interval(self._end(form, LOWEST), self._end(form, HIGHEST)))

    def values_in_files(self, form: Terms) -> Floats:
        """Return values of a sum of counts in the files found so far.

        The sum can be each of them, and perhaps others.
        """
        counts, coefficients = zip(*form, strict=True)
        return np.asarray(self._files.counts[:, counts] @ np.array(coefficients, dtype=np.float64))

    def narrow_for(self, insiders: Insiders) -> Iterator[tuple[int, Interval]]:
        """Yield the suppressed counts that are too low or narrow for some of these attackers in the file.

        First for all of them together: where that is not narrow, it is so for none of them.
        """
        limits = self.public.elsewhere.limits(self._profile, insiders.number)
        narrow = list(self._narrow(insiders.floor(), sorted(self.suppressed), limits))
        if insiders.is_one:
            yield from narrow
        elif narrow:
            for some in insiders.split(self.system.sums[narrow[0][0]]):
                yield from self.narrow_for(some)

    def _narrow(self, persons: Floats, blank: Sequence[int], limits: Limits) -> Iterator[tuple[int, Interval]]:
        """Yield the counts that are narrow for somebody who knows of these persons in the hidden cells."""
        self._program.assume(persons)
        self._program.know(self._low, self._high)
        low, high = self._files.extremes(persons)
        for count in blank:
            if high[count] >= limits.high[count] and high[count] - low[count] >= limits.width[count]:
                continue
            files_before, form = len(self._files), ((count, 1),)
            interval = Interval(self._end(form, LOWEST), self._end(form, HIGHEST))
            if not limits.is_broken(count, interval):
                interval = self._exact(form, interval)
            new_low, new_high = self._files.extremes(persons, files_before)
            low, high = np.minimum(low, new_low), np.maximum(high, new_high)
            if limits.is_broken(count, interval):
                yield count, interval
        self._program.assume(np.zeros_like(persons))
        self._program.know(self._low, self._high)

    def own_record(self, cells: Iterable[int]) -> Mapping[int, Interval]:
        """Return which suppressed counts are narrow for somebody who knows that he is in a cell.

        Args:
            cells: Suppressed counts that the attacker may be in; every one is tried apart.

        Returns:
            The narrowest interval per suppressed count, as far as somebody comes below the
            limits of the profile.
        """
        narrowest: dict[int, Interval] = {}
        for cell in cells:
            self._program.know_of(cell, max(1.0, self._low[cell]), self._high[cell])
            for count in self._open_counts(cell):
                # Files that were found for the counts before it may have settled it.
                if self._is_settled(count, cell):
                    continue
                interval = self.interval(((count, 1),))
                if self._inside.is_broken(count, interval) and interval.width <= narrowest.get(count, interval).width:
                    narrowest[count] = interval
            self._program.know_of(cell, self._low[cell], self._high[cell])
        return narrowest

    def _open_counts(self, cell: int) -> list[int]:
        """Return the suppressed counts that are not settled by files with somebody in the cell."""
        files = self._files.counts
        inside = files[files[:, cell] >= 1]
        if not inside.size:
            return sorted(self.suppressed)
        low, high = inside.min(axis=0), inside.max(axis=0)
        return [
            count
            for count in sorted(self.suppressed)
            if self._inside.is_broken(count, Interval(int(low[count]), int(high[count])))
        ]

    def _is_settled(self, count: int, cell: int) -> bool:
        """Return whether files with somebody in the cell show that a count is not narrow."""
        values = self._files.counts[self._files.counts[:, cell] >= 1, count]
        return bool(values.size) and not self._inside.is_broken(count, Interval(int(values.min()), int(values.max())))

    def _intervals(self, suppressed: Sequence[int]) -> dict[int, Interval]:
        """Return the interval of each count.

        The highest values come first: they empty other cells, which then need no program for their lowest.
        """
        highest = {count: self._end(((count, 1),), HIGHEST) for count in suppressed}
        intervals = {}
        for count, high in highest.items():
            low = 0 if np.any(self._files.counts[:, count] == 0) else self._end(((count, 1),), LOWEST)
            interval = Interval(low, high)
            intervals[count] = self._exact(((count, 1),), interval) if count in self.suppressed else interval
        return intervals

    def _end(self, form: Terms, direction: int) -> int:
        """Return the bound of the linear program, rounded to whole persons."""
        answer = self._program.ask(form, direction)
        if answer.is_whole:
            self._keep(answer)
        return direction * math.ceil(direction * value_of(form, answer.counts) - TOLERANCE)

    def _exact(self, form: Terms, interval: Interval) -> Interval:
        """Recompute an interval in whole persons if it is close to a limit and no file reaches its ends."""
        profile = self._profile
        if interval.high >= profile.threshold + DOUBT and interval.width >= profile.minimum_width + DOUBT:
            return interval
        return Interval(
            *(
                self._whole_end(form, bound, direction)
                for bound, direction in ((interval.low, LOWEST), (interval.high, HIGHEST))
            )
        )

    def _whole_end(self, form: Terms, bound: int, direction: int) -> int:
        """Return the end of an interval in whole persons; a file that reaches the bound needs no program."""
        reaching = np.flatnonzero(self.values_in_files(form) == bound)
        if self._program.is_possible(self._files.counts[reaching], self._files.hidden[reaching]).any():
            return bound
        file = self._program.ask_whole(form, direction)
        self._keep(file)
        return round(value_of(form, file.counts))

    def _keep(self, file: Answer) -> None:
        """Keep a file; persons that the solver cut by its tolerance are made whole."""
        self._files.add(np.rint(file.counts), np.rint(file.hidden))


def is_narrow(interval: Interval, profile: Profile) -> bool:
    """Return whether an interval is below the threshold, or narrower than promised."""
    return interval.high < profile.threshold or interval.width < profile.minimum_width
