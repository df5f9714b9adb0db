"""What an attacker can prove about every suppressed count.

The attacker knows the published tables, their declarations, that counts are whole persons
and not negative, and nothing else. Every interval is exact: both of its ends occur in some
file of persons that would give the same published tables.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeVar

import numpy as np

from schemas.errors import DisclosureFailure
from schemas.names import STATUS, SUPPRESSED
from schemas.states import Released
from transforms.disclosure.cells import published_values
from transforms.disclosure.program import TOLERANCE, Counts, Program, rounded
from transforms.disclosure.system import System, build

T = TypeVar("T")

_LOWEST, _HIGHEST = 1, -1


@dataclass(frozen=True)
class Interval:
    """The smallest and the largest count that fit everything published."""

    low: int
    high: int


@dataclass(frozen=True)
class Attack:
    """The result of an attack on a release.

    Attributes:
        intervals: Per suppressed count, by position in `system.keys`.
        solved: Number of linear and integer programs.
    """

    system: System
    intervals: dict[int, Interval]
    solved: int


def attack(released: Sequence[Released]) -> Attack:
    """Attack a release from outside.

    Raises:
        UnknownCategory, DisclosureFailure: A table is not as declared, the published values
            contradict each other, or the solver gave no proven answer.
    """
    system = build([table.spec for table in released])
    published = published_values(system, released)
    program = Program(system, [value or 0 for value in published])
    for count, value in enumerate(published):
        if value is None:
            program.suppress(count)
    known = program.solve()
    if known is None:
        raise DisclosureFailure("the published values contradict each other")
    return Attack(system, _intervals(program, _suppressed(system, released), known), program.solved)


def _suppressed(system: System, released: Sequence[Released]) -> list[int]:
    hidden = {
        place
        for table, places in zip(released, system.places, strict=True)
        for place, status in zip(places, table.frame.get_column(STATUS), strict=True)
        if status == SUPPRESSED
    }
    return sorted(hidden)


def _intervals(program: Program, suppressed: Sequence[int], known: Counts) -> dict[int, Interval]:
    """Linear bounds first; an integer program only for an end that no whole answer reached.

    The highest values come first: looking for them empties other cells, and a cell that some
    possible file leaves empty needs no program for its lowest value.
    """
    lowest, highest = known.copy(), known.copy()
    ends: dict[tuple[int, int], int] = {}
    for direction, count in product((_HIGHEST, _LOWEST), suppressed):
        if direction == _LOWEST and lowest[count] == 0:
            ends[count, direction] = 0
            continue
        answer = _ask(program, count, direction, Program.relax)
        ends[count, direction] = _inward(answer.counts[count], direction)
        if answer.is_whole:
            whole = rounded(answer.counts)
            lowest, highest = np.minimum(lowest, whole), np.maximum(highest, whole)
    for (count, direction), end in ends.items():
        if end not in {lowest[count], highest[count]}:
            ends[count, direction] = int(_ask(program, count, direction, Program.solve)[count])
    return {count: Interval(ends[count, _LOWEST], ends[count, _HIGHEST]) for count in suppressed}


def _ask(program: Program, count: int, direction: int, question: Callable[[Program], T | None]) -> T:
    program.aim(count, direction)
    answer = question(program)
    program.aim(count, 0)
    if answer is None:
        raise DisclosureFailure("the solver contradicts itself")
    return answer


def _inward(value: float, direction: int) -> int:
    """The nearest whole number that is not beyond the bound."""
    return direction * math.ceil(direction * value - TOLERANCE)
