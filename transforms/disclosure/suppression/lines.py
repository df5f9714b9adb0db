"""Conditions on a pattern from single lines of a table.

No linear program is needed for them. In a line (a total and the parts that add up to it) a count moves only as far as
the others move. This is weaker than the attacker, who uses all lines at once, but most patterns that are proposed first
fail here already (the bridge-less inequalities of Fischetti and Salazar-González, Management Science 47, 2001).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from transforms.disclosure.model.joint import Key
from transforms.disclosure.model.solver import Floats
from transforms.disclosure.model.system import System
from transforms.disclosure.suppression.task import Task

_EPSILON = 1e-6

Members = npt.NDArray[np.int64]
Parts = frozenset[str] | None
"""Categories of one dimension; None is all of them."""


@dataclass(frozen=True)
class Condition:
    """Suppressed capacity that a line needs beside a suppressed count.

    If `count` is suppressed, so must be `others` with a `capacity` of at least `least` in all.
    """

    count: int
    others: Members
    capacity: Floats
    least: float


class Lines:
    """Conditions of all lines of a task, two kinds per count and line."""

    def __init__(self, task: Task) -> None:
        self._conditions = [condition for line in _lines(task.system) for condition in _conditions(task, line)]
        sizes = [len(condition.others) for condition in self._conditions]
        self._starts = np.cumsum([0, *sizes[:-1]])
        self._others = np.concatenate([np.zeros(0, np.int64), *(condition.others for condition in self._conditions)])
        self._capacity = np.concatenate([np.zeros(0), *(condition.capacity for condition in self._conditions)])
        self._counts = np.array([condition.count for condition in self._conditions], dtype=np.int64)
        self._least = np.array([condition.least for condition in self._conditions])

    def broken_conditions(self, pattern: Floats) -> Iterator[Condition]:
        """Yield the conditions that a pattern, possibly in parts, does not keep."""
        if not self._conditions:
            return
        reached = np.add.reduceat(self._capacity * pattern[self._others], self._starts)
        for place in np.flatnonzero(reached < self._least * pattern[self._counts] - _EPSILON):
            yield self._conditions[int(place)]


def _conditions(task: Task, line: Members) -> Iterator[Condition]:
    """Yield the conditions of each count of a line, its total first."""
    truth, limits = task.truth.astype(np.float64), task.known.limits(task.profile)
    most_up, most_down = task.room_up, truth - task.known.low
    rounded_up, rounded_down = task.high - truth, truth - task.low
    for place, count in enumerate(map(int, line)):
        others = np.delete(line, place)
        # A part rises when another part falls or the total rises; the total, when a part rises.
        against = np.zeros(len(others), dtype=bool)
        against[0 if place else slice(None)] = True
        up = np.where(against, most_up[others], most_down[others])
        down = np.where(against, most_down[others], most_up[others])
        slack = float(np.where(against, rounded_up[others], rounded_down[others]).sum())
        if truth[count] < limits.high[count]:
            yield Condition(count, others, up, float(limits.high[count]) - float(truth[count]) - slack)
        else:
            slack += float(np.where(against, rounded_down[others], rounded_up[others]).sum())
            yield Condition(count, others, up + down, float(limits.width[count]) - slack)


def _lines(system: System) -> Iterator[Members]:
    """Yield lines as positions: a total, then its smallest parts."""
    families: dict[tuple[str, Key], dict[Parts, int]] = defaultdict(dict)
    names = {name for key in system.keys for name, _ in key}
    for count, key in enumerate(system.keys):
        for name in sorted(names):
            families[name, tuple(part for part in key if part[0] != name)][dict(key).get(name)] = count
    for family in families.values():
        smallest = [parts for parts in family if not any(_is_within(other, parts) for other in family)]
        for parts, total in family.items():
            members = [family[smaller] for smaller in smallest if _is_within(smaller, parts)]
            columns = sorted(chain.from_iterable(system.sums[member] for member in members))
            # Only lines that add up in the attacker's own system: not persons in several categories at once.
            if members and columns == sorted(system.sums[total]):
                yield np.array([total, *members])


def _is_within(parts: Parts, others: Parts) -> bool:
    """Return whether categories are some, but not all, of others."""
    return parts is not None and (others is None or parts < others)
