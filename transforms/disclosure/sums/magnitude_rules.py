"""Which sums are sensitive, and what an attacker must not be able to prove about the others.

| rule           | a sum is not published if                              | source                          |
|----------------|--------------------------------------------------------|---------------------------------|
| contributors   | fewer than 10 persons have an amount; money: 100       | CBS microdata, ABS DataLab      |
| dominance      | the largest contributor has more than 50 %             | CBS microdata, ESSnet 2015      |
| p %            | all but the two largest have less than 10 % of the     | Hundepool et al. 2012, section  |
|                | largest together: the second can estimate the largest  | 4.2                             |
| count          | the number of its persons is not published: whether    | ours                            |
|                | the sum is 0 tells whether there are any, and with a   |                                 |
|                | most per person (a tariff) it tells how many           |                                 |
| rest           | what is left of a published sum after published parts  | ours, as complements of counts  |
|                | is sensitive: it can be derived                        |                                 |
| interval       | everything suppressed stays open by 10 % on both sides | Hundepool et al. 2012, 4.3      |
| insider        | also for whoever knows what he added to a sum himself  | ibidem: singletons              |
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from schemas.errors import DisclosureFailure
from schemas.specs import TOTAAL, Dimension, TableSpec
from schemas.specs.axes import categories, subtotals
from schemas.specs.sums import SumProfile
from transforms.disclosure.counts.master import Pattern
from transforms.disclosure.counts.rules import prices
from transforms.disclosure.model.joint import Key, Terms
from transforms.disclosure.model.program import Counts
from transforms.disclosure.model.system import System, rows


@dataclass(frozen=True)
class Need:
    """An attacker must be able to add `amount` units to a sum of true sums, if count `given` is suppressed."""

    form: Terms
    amount: int
    given: int | None = None


@dataclass(frozen=True)
class Line:
    """Sums that add up to the first of `known` less its others, as positions in `System.keys`.

    Attributes:
        parts: Those sums.
        whole: All sums that add up to the first of `known`.
    """

    parts: tuple[int, ...]
    known: tuple[int, ...]
    whole: tuple[int, ...]


@dataclass(frozen=True)
class Ledger:
    """True figures per position in `System.keys`: contributors, sum, largest and second largest contribution."""

    system: System
    aantal: Counts
    som: Counts
    grootste: Counts
    tweede: Counts


@dataclass(frozen=True)
class SumTask:
    """What is to be protected.

    Attributes:
        prices: What it costs to suppress a sum; whole numbers.
        sensitive: Sums that may not be published.
        never: Sums that are known anyway: nobody is counted there.
        needs: What an attacker must not be able to rule out.
        lines: What is left of a published sum after published parts is a sum under the same rules.
        insiders: Smallest cells: everybody contributes to one of them.
    """

    ledger: Ledger
    prices: Counts
    sensitive: Pattern
    never: Pattern
    needs: Sequence[Need]
    lines: Sequence[Line]
    insiders: Sequence[int]
    profile: SumProfile


def is_sensitive(
    aantal: Counts | int, som: Counts | int, grootste: Counts | int, tweede: Counts | int, profile: SumProfile
) -> Pattern:
    """Sums with too few contributors (but some), a dominant one, or one that the next can estimate."""
    is_few = np.greater_equal(aantal, 1) & np.less(aantal, profile.contributors)
    is_dominated = np.greater(100 * grootste, profile.dominance_pct * som)
    is_estimated = np.less(100 * (som - grootste - tweede), profile.p_pct * grootste)
    return np.asarray(is_few | is_dominated | is_estimated)


def part_of(amount: int, pct: int) -> int:
    """A percentage of an amount in whole units, rounded up."""
    return -(-pct * amount // 100)


def contains(large: Key, small: Key) -> bool:
    """Whether everything in one sum is in the other."""
    parts = dict(small)
    return all(name in parts and parts[name] <= categories for name, categories in large)


def overlaps(one: Key, other: Key) -> bool:
    """Whether somebody can be in both sums."""
    parts = dict(other)
    return all(categories & parts.get(name, categories) for name, categories in one)


def is_left_sensitive(ledger: Ledger, line: Line, left: Sequence[int], profile: SumProfile) -> bool:
    """Whether the sum of some sums of a line may not be known."""
    places = list(left)
    is_apart = _is_apart(ledger, line.whole, line.known[0])
    # Contributors to several sums may be the same persons.
    aantal = int(ledger.aantal[places].sum() if is_apart else ledger.aantal[places].max())
    som = int(ledger.som[places].sum())
    return bool(is_sensitive(aantal, som, *_two_largest(ledger, places, is_apart), profile))


def _is_apart(ledger: Ledger, parts: Sequence[int], whole: int) -> bool:
    """Whether nobody contributes to two parts."""
    return bool(ledger.aantal[list(parts)].sum() == ledger.aantal[whole])


def _two_largest(ledger: Ledger, places: list[int], is_apart: bool) -> tuple[int, int]:
    """Of all contributions to some sums; the most they can be if persons contribute to several."""
    if not is_apart:
        return int(ledger.grootste[places].sum()), int(ledger.tweede[places].sum())
    contributions = sorted([*ledger.grootste[places], *ledger.tweede[places], 0, 0])
    return int(contributions[-1]), int(contributions[-2])


def build_task(
    ledger: Ledger, specs: Sequence[TableSpec], persons: Mapping[Key, int | None], profile: SumProfile
) -> SumTask:
    """What must be protected in the sums of a release.

    Args:
        persons: The most persons per count (`most_persons`); None where the count is not published.

    Raises:
        DisclosureFailure: A sum has no count beside it or more contributors than persons, or the
            grand total itself is sensitive.
    """
    keys = ledger.system.keys
    most = _most(ledger, persons)
    sensitive = is_sensitive(ledger.aantal, ledger.som, ledger.grootste, ledger.tweede, profile)
    everybody = np.array([not key for key in keys])
    if np.any(sensitive & everybody):
        raise DisclosureFailure("too few contributors, or one too large, for any sum")
    cost = prices(ledger.system, specs, ledger.aantal)
    # Everything else goes before the grand total does.
    cost[everybody] = cost.sum() + 1
    return SumTask(
        ledger=ledger,
        prices=cost,
        sensitive=sensitive | np.array([number is None for number in most]),
        never=np.array([number == 0 for number in most]),
        needs=[*_needs(ledger, profile), *_rests(ledger, specs, profile)],
        lines=_lines(ledger.system, specs),
        insiders=[
            one for one, key in enumerate(keys) if not any(key != other and contains(key, other) for other in keys)
        ],
        profile=profile,
    )


def _most(ledger: Ledger, persons: Mapping[Key, int | None]) -> list[int | None]:
    if any(key not in persons for key in ledger.system.keys):
        raise DisclosureFailure("a table of sums needs the table of counts of the same cells")
    most = [persons[key] for key in ledger.system.keys]
    if any(number is not None and number < own for number, own in zip(most, ledger.aantal, strict=True)):
        raise DisclosureFailure("a sum has more contributors than persons")
    return most


def _needs(ledger: Ledger, profile: SumProfile) -> Iterator[Need]:
    """Both sides of every sum; above 0 an average contribution, so that nobody looks like somebody."""
    average = int(ledger.som.max() // max(1, ledger.aantal.max()))
    for count, som in enumerate(int(som) for som in ledger.som):
        if som == 0:
            yield Need(((count, 1),), max(1, average), count)
        else:
            yield Need(((count, 1),), part_of(som, profile.interval_pct), count)
            yield Need(((count, -1),), part_of(som, profile.interval_pct), count)


def _rests(ledger: Ledger, specs: Sequence[TableSpec], profile: SumProfile) -> Iterator[Need]:
    """Both sides of everything in a table but one cell, if that is sensitive."""
    for spec, (*parts, total) in zip(specs, ledger.system.places, strict=True):
        inside = _inside(spec, (*parts, total))
        for part in dict.fromkeys(parts):
            som = int(ledger.som[total] - ledger.som[part])
            if som and _is_rest_sensitive(ledger, part, total, inside, profile):
                yield Need(((total, 1), (part, -1)), part_of(som, profile.interval_pct))
                yield Need(((total, -1), (part, 1)), part_of(som, profile.interval_pct))


def _is_rest_sensitive(ledger: Ledger, part: int, total: int, inside: Sequence[int], profile: SumProfile) -> bool:
    """Who adds to the part and to the rest is left out of the rest, which can only make it smaller."""
    keys = ledger.system.keys
    aantal = max(1, int(ledger.aantal[total] - ledger.aantal[part]))
    som = int(ledger.som[total] - ledger.som[part])
    cells = [cell for cell in inside if not contains(keys[part], keys[cell])]
    is_apart = _is_apart(ledger, inside, total)
    return bool(is_sensitive(aantal, som, *_two_largest(ledger, cells, is_apart), profile))


def _inside(spec: TableSpec, places: Sequence[int]) -> list[int]:
    """Cells without totals or subtotals; none if persons can be in several of them.

    Raises:
        DisclosureFailure: Levels of a coarser table overlap, so that its lines do not add up.
    """
    if any(_overlap(dimension) for dimension in spec.dimensions):
        raise DisclosureFailure(f"{spec.id} adds up levels that overlap")
    if any(dimension.multiple for dimension in spec.dimensions):
        return []
    inside = set(product(*map(categories, spec.dimensions)))
    return [place for levels, place in zip(rows(spec), places, strict=True) if levels in inside]


def _overlap(dimension: Dimension) -> bool:
    """Whether somebody can be in two of the levels that a table shows as parts."""
    parts = [part for level in categories(dimension) for part in dimension.parts(level)]
    return len(parts) > len(set(parts))


def _lines(system: System, specs: Sequence[TableSpec]) -> list[Line]:
    """Every row of every table in every direction, from its total and from each subtotal."""
    found: dict[Line, None] = {}
    for spec, places in zip(specs, system.places, strict=True):
        position = dict(zip(rows(spec), places, strict=True))
        for axis, dimension in enumerate(spec.dimensions):
            if not dimension.multiple:
                for levels in (levels for levels in position if levels[axis] == TOTAAL):
                    line = {level: position[(*levels[:axis], level, *levels[axis + 1 :])] for level in dimension.levels}
                    found |= dict.fromkeys(_lines_of(line, dimension))
    return list(found)


def _within(dimension: Dimension, level: str) -> tuple[str, ...]:
    """The levels that a table shows as parts of a total or subtotal."""
    return tuple(one for one in categories(dimension) if set(dimension.parts(one)) <= set(dimension.parts(level)))


def _lines_of(line: Mapping[str, int], dimension: Dimension) -> Iterator[Line]:
    """What is left of a total or subtotal after none, one or two smaller ones."""
    large = [TOTAAL, *(subtotal.code for subtotal in subtotals(dimension))]
    parts = {level: frozenset(_within(dimension, level)) for level in large}
    for whole in large:
        smaller = [level for level in large if parts[level] < parts[whole]]
        for taken in (*((),), *combinations(smaller, 1), *combinations(smaller, 2)):
            used = [value for level in taken for value in parts[level]]
            if len(used) == len(set(used)):
                left = tuple(line[value] for value in _within(dimension, whole) if value not in used)
                known = (line[whole], *(line[level] for level in taken))
                yield Line(left, known, tuple(line[value] for value in _within(dimension, whole)))
