"""Rules for sums: which are sensitive, and what must not be provable.

| rule           | a sum is not published if                              | source                          |
|----------------|--------------------------------------------------------|---------------------------------|
| contributors   | fewer than 10 persons have an amount; money: 100       | CBS microdata, ABS DataLab      |
| dominance      | the largest contributor has more than 50 %             | CBS microdata, ESSnet 2015      |
| p %            | all but the two largest have less than 10 % of the     | Hundepool et al. 2012, section  |
|                | largest together: the second can estimate the largest  | 4.2                             |
| zero           | it is 0 though there are persons: no amount is         | ours: everybody knows each      |
|                | negative, so each of them has 0                        | one's amount                    |
| household      | of a declared household as one contributor, the same   | ours, to be confirmed           |
|                | rules; fewer than 5 of them                            |                                 |
| count          | the number of its persons is not published: whether    | ours                            |
|                | the sum is 0 tells whether there are any, and with a   |                                 |
|                | most per person (a tariff) it tells how many           |                                 |
| nested         | few contribute to a sum less another one in it, or it  | ours, as differences of tables  |
|                | is 0 over persons: a district less a neighbourhood     |                                 |
| rest           | what is left of a published sum after published parts  | ours, as complements of counts  |
|                | is sensitive: it can be derived                        |                                 |
| interval       | everything suppressed stays open by 10 % on both sides | Hundepool et al. 2012, 4.3      |
| insider        | also for whoever knows what he added to a sum himself  | ibidem: singletons              |
| supplier       | the same rules for what is left of a sum after what    | ours                            |
|                | one supplier was paid, unless nothing is left          |                                 |
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from schemas.errors import DisclosureFailure
from schemas.specs import Dimension, TableSpec
from schemas.specs.axes import categories
from schemas.specs.sums import SumProfile
from transforms.disclosure.counts.rules import nested_counts, prices
from transforms.disclosure.model.joint import Key, Terms
from transforms.disclosure.model.program import Counts
from transforms.disclosure.model.solver import Pattern
from transforms.disclosure.model.system import System, rows
from transforms.disclosure.sums.sum_lines import Line, lines_of


@dataclass(frozen=True)
class Need:
    """Amount that an attacker must be able to add to a sum.

    The sum is `form` over true sums, the amount is in units, and the need holds if `count` is suppressed.
    """

    form: Terms
    amount: int
    count: int | None = None


@dataclass(frozen=True)
class Ledger:
    """True figures per position in `System.keys`, by person or by household, and what they are held to.

    Attributes:
        aantal: Contributors.
        grootste: Largest contribution; `tweede` is the second largest.
        least: Fewest contributors of a published sum.
    """

    system: System
    aantal: Counts
    som: Counts
    grootste: Counts
    tweede: Counts
    profile: SumProfile
    least: int


@dataclass(frozen=True)
class View:
    """What one attacker does not know.

    Attributes:
        ledgers: The figures that he does not know, by person, and by household if these are declared. The last has the
            largest contributors: an insider knows what his whole household added.
        needs: Amounts that he must not be able to rule out.
    """

    ledgers: Sequence[Ledger]
    needs: Sequence[Need]


@dataclass(frozen=True)
class SumTask:
    """Sums to protect, and the rules for them.

    Attributes:
        views: Of an outsider, who knows none of the figures, and of each supplier, who knows what he was paid.
        prices: Cost of suppressing each sum; whole numbers.
        sensitive: Sums that may not be published.
        never: Sums that are known anyway: nobody is counted there.
        lines: Published sums less published parts, which are sums under the same rules.
        insiders: Smallest cells: every contributor is in one of them.
    """

    views: Sequence[View]
    prices: Counts
    sensitive: Pattern
    never: Pattern
    lines: Sequence[Line]
    insiders: Sequence[int]

    @property
    def ledger(self) -> Ledger:
        return self.views[0].ledgers[-1]

    @property
    def ledgers(self) -> list[Ledger]:
        return [ledger for view in self.views for ledger in view.ledgers]

    @property
    def profile(self) -> SumProfile:
        return self.ledger.profile


def is_sensitive(
    aantal: Counts | int,
    som: Counts | int,
    grootste: Counts | int,
    tweede: Counts | int,
    profile: SumProfile,
    *,
    least: int | None = None,
) -> Pattern:
    """Return which sums have few contributors (but some), a dominant one, or one that the next can estimate.

    Args:
        least: Fewest contributors; those of the profile if None.
    """
    is_few = np.greater_equal(aantal, 1) & np.less(aantal, profile.contributors if least is None else least)
    is_dominated = np.greater(100 * grootste, profile.dominance_pct * som)
    is_estimated = np.less(100 * (som - grootste - tweede), profile.p_pct * grootste)
    return np.asarray(is_few | is_dominated | is_estimated)


def part_of(amount: int, pct: int) -> int:
    """Return a percentage of an amount in whole units, rounded up."""
    return -(-pct * amount // 100)


def contains(large: Key, small: Key) -> bool:
    """Return whether everything in one sum is in the other."""
    parts = dict(small)
    return all(name in parts and parts[name] <= categories for name, categories in large)


def overlaps(first: Key, second: Key) -> bool:
    """Return whether somebody can be in both sums."""
    parts = dict(second)
    return all(categories & parts.get(name, categories) for name, categories in first)


def are_apart(first: Key, second: Key, several: Collection[str]) -> bool:
    """Return whether no amount can be in both sums; a person with several amounts may be.

    Args:
        first: Categories of one sum.
        second: Those of the other one.
        several: Axes on which a person may be in several categories (`System.several`).
    """
    parts = dict(second)
    return any(not categories & parts.get(name, categories) for name, categories in first if name not in several)


def is_remainder_sensitive(ledger: Ledger, line: Line, parts: Sequence[int]) -> bool:
    """Return whether these parts of a line, added up, are a sensitive sum."""
    places = list(parts)
    is_apart = _is_apart(ledger, line.whole, line.known[0])
    # Contributors to several sums may be the same persons.
    aantal = int(ledger.aantal[places].sum() if is_apart else ledger.aantal[places].max())
    som = int(ledger.som[places].sum())
    return bool(is_sensitive(aantal, som, *_two_largest(ledger, places, is_apart), ledger.profile, least=ledger.least))


def _is_apart(ledger: Ledger, parts: Sequence[int], whole: int) -> bool:
    """Return whether nobody contributes to two parts."""
    return bool(ledger.aantal[list(parts)].sum() == ledger.aantal[whole])


def _two_largest(ledger: Ledger, places: list[int], is_apart: bool) -> tuple[int, int]:
    """Return the two largest contributions to some sums.

    If persons contribute to several sums, the most that these can be.
    """
    if not is_apart:
        return int(ledger.grootste[places].sum()), int(ledger.tweede[places].sum())
    contributions = sorted([*ledger.grootste[places], *ledger.tweede[places], 0, 0])
    return int(contributions[-1]), int(contributions[-2])


def build_task(
    ledgers: Sequence[Ledger],
    specs: Sequence[TableSpec],
    persons: Mapping[Key, int | None],
    suppliers: Sequence[Ledger] = (),
) -> SumTask:
    """Return what must be protected in the sums of a release.

    Args:
        ledgers: True figures by person, and by household if these are declared.
        specs: The tables.
        persons: The most persons per count (`most_persons`); None where the count is not published.
        suppliers: For each supplier the figures by person without what he was paid.

    Raises:
        DisclosureFailure: A sum has no count beside it or more contributors than persons, or the
            grand total itself is sensitive.
    """
    by_person, ledger = ledgers[0], ledgers[-1]
    keys = ledger.system.keys
    most = _most_persons(by_person, persons)
    sensitive = (ledger.som == 0) & np.array([number != 0 for number in most])
    for figures in (*ledgers, *suppliers):
        sensitive |= is_sensitive(
            figures.aantal, figures.som, figures.grootste, figures.tweede, figures.profile, least=figures.least
        )
    everybody = np.array([not key for key in keys])
    if np.any(sensitive & everybody):
        raise DisclosureFailure("too few contributors, or one too large, for any sum")
    cost = prices(ledger.system, specs, by_person.aantal)
    # The grand total is suppressed last.
    cost[everybody] = cost.sum() + 1
    outsider = View(ledgers, list(dict.fromkeys((*_needs(ledger), *_further_needs(ledgers, specs, most)))))
    return SumTask(
        views=[outsider, *(_supplier_view(supplier, specs, most) for supplier in suppliers)],
        prices=cost,
        sensitive=sensitive | np.array([number is None for number in most]),
        never=np.array([number == 0 for number in most]),
        lines=lines_of(ledger.system, specs),
        insiders=[
            place for place, key in enumerate(keys) if not any(key != other and contains(key, other) for other in keys)
        ],
    )


def _supplier_view(rest: Ledger, specs: Sequence[TableSpec], most: Sequence[int | None]) -> View:
    """Return the view of a supplier. Where nothing is left he learns nothing of others."""
    needs = (*_needs(rest), *_further_needs([rest], specs, most))
    return View([rest], list(dict.fromkeys(need for need in needs if _has_secret(rest, need))))


def _has_secret(rest: Ledger, need: Need) -> bool:
    """Return whether the sum of a need is not 0."""
    return bool(sum(coefficient * int(rest.som[place]) for place, coefficient in need.form))


def _further_needs(ledgers: Sequence[Ledger], specs: Sequence[TableSpec], most: Sequence[int | None]) -> Iterator[Need]:
    """Yield the needs of differences of two sums."""
    yield from _complement_needs(ledgers, specs)
    yield from _nested_needs(ledgers, most)


def _most_persons(ledger: Ledger, persons: Mapping[Key, int | None]) -> list[int | None]:
    """Return the most persons per sum.

    Raises `DisclosureFailure` if a sum has no count beside it or more contributors than persons.
    """
    if any(key not in persons for key in ledger.system.keys):
        raise DisclosureFailure("a table of sums needs the table of counts of the same cells")
    most = [persons[key] for key in ledger.system.keys]
    if any(
        number is not None and number < contributors for number, contributors in zip(most, ledger.aantal, strict=True)
    ):
        raise DisclosureFailure("a sum has more contributors than persons")
    return most


def _needs(ledger: Ledger) -> Iterator[Need]:
    """Yield the needs of every sum on both sides.

    Above 0 it is an average contribution, so that a sum of nobody looks like one of somebody.
    """
    average = int(ledger.som.max() // max(1, ledger.aantal.max()))
    for count, som in enumerate(int(som) for som in ledger.som):
        if som == 0:
            yield Need(((count, 1),), max(1, average), count)
        else:
            yield Need(((count, 1),), part_of(som, ledger.profile.interval_pct), count)
            yield Need(((count, -1),), part_of(som, ledger.profile.interval_pct), count)


def _complement_needs(ledgers: Sequence[Ledger], specs: Sequence[TableSpec]) -> Iterator[Need]:
    """Yield the needs of a table's total less one cell, on both sides, if that is sensitive."""
    ledger = ledgers[-1]
    for spec, (*parts, total) in zip(specs, ledger.system.places, strict=True):
        inside = _inner_cells(spec, (*parts, total))
        for part in dict.fromkeys(parts):
            som = int(ledger.som[total] - ledger.som[part])
            if som and any(_is_complement_sensitive(figures, part, total, inside) for figures in ledgers):
                amount = part_of(som, ledger.profile.interval_pct)
                yield Need(((total, 1), (part, -1)), amount)
                yield Need(((total, -1), (part, 1)), amount)


def _nested_needs(ledgers: Sequence[Ledger], most: Sequence[int | None]) -> Iterator[Need]:
    """Yield the needs of a sum less another one that lies in it, if few contribute to the difference or it is 0.

    Such as a district less one of its neighbourhoods. That one contributor has most of the difference is not judged.

    Args:
        most: The most persons per sum; None where the count is not published.
    """
    ledger = ledgers[-1]
    empty = [place for place, number in enumerate(most) if number == 0]
    average = int(ledger.som.max() // max(1, ledger.aantal.max()))
    for share in nested_counts(ledger.system, empty):
        som = int(ledger.som[share.group] - ledger.som[share.part])
        is_few = any(_least_left(figures, share.part, share.group) < figures.least for figures in ledgers)
        if som == 0 and most[share.group] != most[share.part]:
            yield Need(((share.group, 1), (share.part, -1)), max(1, average))
        elif som and is_few:
            amount = part_of(som, ledger.profile.interval_pct)
            yield Need(((share.group, 1), (share.part, -1)), amount)
            yield Need(((share.group, -1), (share.part, 1)), amount)


def _least_left(ledger: Ledger, part: int, group: int) -> int:
    """Return a number of contributors that a sum certainly has without another one that lies in it.

    A household, and a person of several categories, may contribute to both, so the difference is only the least that it
    can be. Those who contribute to a sum that lies in the rest contribute to the rest, whatever else they do.
    """
    keys, several = ledger.system.keys, ledger.system.several
    least = int(ledger.aantal[group] - ledger.aantal[part])
    if least >= ledger.least:
        return least
    apart = (
        count
        for count, key in enumerate(keys)
        if contains(keys[group], key) and are_apart(keys[part], key, several) and ledger.aantal[count] > least
    )
    return max([least, *(int(ledger.aantal[count]) for count in apart)])


def _is_complement_sensitive(ledger: Ledger, part: int, total: int, inside: Sequence[int]) -> bool:
    """Return whether the total less one cell is sensitive.

    The largest contributions to the rest are bounded from above, and the number of contributors from below.
    """
    keys = ledger.system.keys
    aantal = max(1, _least_left(ledger, part, total))
    som = int(ledger.som[total] - ledger.som[part])
    cells = [cell for cell in inside if not contains(keys[part], keys[cell])]
    is_apart = _is_apart(ledger, inside, total)
    return bool(is_sensitive(aantal, som, *_two_largest(ledger, cells, is_apart), ledger.profile, least=ledger.least))


def _inner_cells(spec: TableSpec, places: Sequence[int]) -> list[int]:
    """Return cells without totals or subtotals; none if persons can be in several of them.

    Raises:
        DisclosureFailure: Levels of a coarser table overlap, so that its lines do not add up.
    """
    if any(_has_overlap(dimension) for dimension in spec.dimensions):
        raise DisclosureFailure(f"{spec.id} adds up levels that overlap")
    if any(dimension.multiple for dimension in spec.dimensions):
        return []
    inside = set(product(*map(categories, spec.dimensions)))
    return [place for levels, place in zip(rows(spec), places, strict=True) if levels in inside]


def _has_overlap(dimension: Dimension) -> bool:
    """Return whether somebody can be in two of the levels that a table shows as parts."""
    parts = [part for level in categories(dimension) for part in dimension.parts(level)]
    return len(parts) > len(set(parts))
