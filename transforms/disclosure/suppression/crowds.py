"""Which people in the file are taken as one attacker.

One attacker who knows every record needs too many blank cells: beside figures of others perhaps more than any pattern
has, and elsewhere dear counts. So people are split into several attackers, if that keeps more published.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from schemas.errors import NoSafePattern
from transforms.disclosure.counts.elsewhere import NOBODY
from transforms.disclosure.counts.records import Insiders
from transforms.disclosure.model.interval import Interval
from transforms.disclosure.model.joint import Terms
from transforms.disclosure.model.program import Program
from transforms.disclosure.model.solver import HIGHEST, LOWEST, Floats, Pattern
from transforms.disclosure.suppression.task import Task

_DEAR = 9
"""Counts of this price or more are published if possible: people who prevent it together become separate attackers."""

_MOST = 40
"""At most so many attackers for that, as each makes every step of the search longer."""


def crowds(task: Task, published: Pattern) -> list[Insiders]:
    """Return the people in the file in as few attackers as leave a safe pattern that publishes the dear counts.

    Each is split until no sensitive count is narrow for it when everything that can be blank is.

    Args:
        task: The search.
        published: Counts that are not blank in any pattern.

    Raises:
        NoSafePattern: Somebody outside or two in the file prove too much of a sensitive count whatever is blank.
    """
    trial = _Trial(task)
    if not trial.is_withstood(published):
        raise NoSafePattern
    insiders = trial.split(task.records.insiders(), published)
    dear = np.flatnonzero((task.prices >= _DEAR) & ~task.sensitive & ~published)
    if not insiders or not dear.size:
        return insiders
    to_publish = published.copy()
    to_publish[dear] = True
    if not trial.is_withstood(to_publish):
        to_publish = published.copy()
        for count in dear[np.argsort(-task.prices[dear], kind="stable")].tolist():
            to_publish[count] = True
            to_publish[count] = trial.is_withstood(to_publish)
    if to_publish.sum() > published.sum() and len(attackers := trial.split(insiders, to_publish, _MOST)) <= _MOST:
        return attackers
    return insiders


class _Trial:
    """The best case of a release: everything is blank but some counts."""

    def __init__(self, task: Task) -> None:
        self._task, self._sensitive = task, np.flatnonzero(task.sensitive).tolist()
        self._program = Program(task.system, task.known.low, task.truth + task.room_up)
        self._low = self._high = np.zeros(0)

    def is_withstood(self, published: Pattern) -> bool:
        """Return whether nobody outside finds a count narrow if these are published."""
        self._publish(published)
        return not self._narrow(np.zeros(self._task.system.hidden), NOBODY, self._sensitive)

    def split(self, insiders: Sequence[Insiders], published: Pattern, most: int | None = None) -> list[Insiders]:
        """Split people until no count is narrow for an attacker if these are published, or he is one person.

        Args:
            insiders: The people.
            published: The counts.
            most: Stop after one attacker more than this; None for all of them.

        Raises:
            NoSafePattern: One attacker finds a count narrow, and `most` is None.
        """
        self._publish(published)
        must = most is None
        attackers = (crowd for group in insiders for crowd in self._crowds(group, self._sensitive, must=must))
        return list(islice(attackers, None if most is None else most + 1))

    def _publish(self, published: Pattern) -> None:
        """Let all counts but these be blank from now on."""
        self._low = np.where(published, self._task.low, self._task.known.low)
        self._high = np.where(published, self._task.high, self._task.truth + self._task.room_up)

    def _crowds(self, insiders: Insiders, counts: Sequence[int], *, must: bool) -> Iterator[Insiders]:
        """Yield these attackers, split as far as needed.

        Args:
            insiders: The attackers.
            counts: Counts to try: those narrow for the group, as a part of it knows no more.
            must: Whether each one of them must be withstood.
        """
        narrow = self._narrow(insiders.floor(), insiders.number, counts)
        if narrow and insiders.is_one and must:
            raise NoSafePattern
        if not narrow or insiders.is_one:
            yield insiders
            return
        for part in insiders.split(self._task.system.sums[narrow[0]]):
            yield from self._crowds(part, narrow, must=must)

    def _narrow(self, persons: Floats, number: int, counts: Sequence[int]) -> list[int]:
        """Return the counts of which the interval is too narrow for attackers who know these persons."""
        limits = self._task.known.limits(self._task.profile, number)
        own = np.array([persons[list(columns)].sum() for columns in self._task.system.sums])
        self._program.assume(persons)
        self._program.know(np.maximum(self._low, own), self._high)
        # A file with as much of everything as possible, and one with as little, settle most counts.
        ends = self._ends(tuple((count, 1) for count in counts))
        open_counts = [count for count in counts if limits.is_broken(count, _interval(count, *ends))]
        return [count for count in open_counts if limits.is_broken(count, _interval(count, *self._ends(((count, 1),))))]

    def _ends(self, form: Terms) -> tuple[Floats, Floats]:
        """Return the counts of a file in which a sum is lowest, and of one in which it is highest."""
        low, high = (self._program.ask(form, direction).counts for direction in (LOWEST, HIGHEST))
        return low, high


def _interval(count: int, low: Floats, high: Floats) -> Interval:
    return Interval(round(low[count]), round(high[count]))
