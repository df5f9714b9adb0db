"""Which people in the file can be taken as one attacker.

Everybody together knows more than anybody. Beside figures of others that may be more than any pattern can withstand,
though each of them alone can be withstood.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from transforms.disclosure.counts.records import Insiders
from transforms.disclosure.model.interval import Interval
from transforms.disclosure.model.program import Program, value_of
from transforms.disclosure.model.solver import HIGHEST, LOWEST, Floats, Pattern
from transforms.disclosure.suppression.task import Task


def crowds(task: Task, published: Pattern) -> list[Insiders]:
    """Return the people in the file in as few attackers as the figures of others allow.

    Each of them is split until the sensitive counts would be safe from it if all that can be blank were.

    Args:
        task: The search.
        published: Counts that are not blank in any pattern.
    """
    insiders = task.records.insiders()
    if task.elsewhere is None:
        return insiders
    low = np.where(published, task.low, task.known.low)
    high = np.where(published, task.high, task.truth + task.room_up)
    trial = _Trial(task, low, high)
    sensitive = np.flatnonzero(task.sensitive).tolist()
    return [crowd for some in insiders for crowd in trial.withstood(some, sensitive)]


class _Trial:
    """The best case of the release against attackers in the file: everything is blank that can be.

    Args:
        task: The search.
        low, high: Lowest and highest value of each count then.
    """

    def __init__(self, task: Task, low: Floats, high: Floats) -> None:
        self._task, self._low, self._high = task, low, high
        self._program = Program(task.system, low, high)

    def withstood(self, some: Insiders, counts: Sequence[int]) -> Iterator[Insiders]:
        """Yield these attackers, split as far as needed.

        Args:
            some: The attackers.
            counts: Counts to try; a part of them cannot know more of a count than all of them.
        """
        persons = some.floor()
        limits = self._task.known.limits(self._task.profile, some.number)
        own = np.array([persons[list(columns)].sum() for columns in self._task.system.sums])
        self._program.assume(persons)
        self._program.know(np.maximum(self._low, own), self._high)
        narrow = [count for count in counts if limits.is_broken(count, self._interval(count))]
        if not narrow or some.is_one:
            yield some
            return
        for part in some.split():
            yield from self.withstood(part, narrow)

    def _interval(self, count: int) -> Interval:
        form = ((count, 1),)
        low, high = (value_of(form, self._program.ask(form, direction).counts) for direction in (LOWEST, HIGHEST))
        return Interval(round(low), round(high))
