"""What may not be published, and what an attacker must not be able to prove.

| rule                 | applies to                                          | source                                |
|----------------------|-----------------------------------------------------|---------------------------------------|
| threshold            | a count of 1 to threshold - 1                       | CBS microdata: 10 units; ABS DataLab  |
| complement           | everybody of a table, or of a wider population, but those of a cell | ABS DataLab            |
| declared part      | a count but those whom a rule makes part of it      | ABS DataLab                           |
| nested               | a count but those of another one that lies in it    | ABS DataLab: differences of tables    |
| group disclosure     | a share of `group_pct` or more of a group, or none  | ESSnet 2015, ABS DataLab              |
| zeros                | nobody in a category of a sensitive dimension       | declared per table                    |

A group is as large as the threshold, at least: a smaller one is itself not published. The
numerator and denominator of every percentage are counts, and only published counts make one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from schemas.codes import ONBEKEND
from schemas.specs import TOTAAL, Profile, TableSpec, Weight
from transforms.disclosure.counts.master import Pattern
from transforms.disclosure.model.facts import key_of
from transforms.disclosure.model.interval import Interval
from transforms.disclosure.model.joint import Terms
from transforms.disclosure.model.program import Counts
from transforms.disclosure.model.system import System, rows

OWN_RECORD = 2
"""Largest cell in which an attacker is tried as a contributor; of himself he knows that it is not empty."""


@dataclass(frozen=True)
class Demand:
    """A sum of counts that may be at least this much, as far as an attacker can tell."""

    form: Terms
    least: int


@dataclass(frozen=True)
class Share:
    """A count and the group that it is part of, both as positions in `System.keys`."""

    part: int
    group: int
    zeros: bool = False


def complements(system: System, specs: Sequence[TableSpec]) -> list[Share]:
    """Every cell with the total of its table, and with the total over a dimension of several categories.

    So, too, a segment and the count of which its rule makes it a part, and a count within the population
    of its table with the same count in a wider one: of whom with a voorziening the loonwaarde is measured,
    and of whom it is not.

    Elsewhere the rest of a line is made of cells of their own; those who are not in a category
    that others share with another one are in no cell.
    """
    found = {share for spec, places in zip(specs, system.places, strict=True) for share in _complements(spec, places)}
    found.update(_declared_parts(system, specs))
    found.update(_wider(system, specs))
    return sorted(found, key=lambda share: (share.part, share.group))


def nested_counts(system: System, empty: Iterable[int]) -> list[Share]:
    """Every count with another one that holds it, once it is known of some counts that nobody is in them.

    Nobody of 66 or older is under the Participatiewet alone, so those on a step who are 66 or older lie
    within those on that step under the WMO alone, though no table has both. Whoever is in the larger one
    only is in no cell, and follows by subtraction.

    Args:
        empty: Counts of nobody.
    """
    bare = 0
    for count in empty:
        bare |= _mask(system.sums[count])
    masks = [_mask(columns) & ~bare for columns in system.sums]
    counted = set(masks)
    return [
        Share(part, group)
        for group, large in enumerate(masks)
        for part, small in enumerate(masks)
        # What is left may be a cell of its own, with a threshold of its own.
        if small and small != large and small & large == small and large ^ small not in counted
    ]


def _mask(columns: Iterable[int]) -> int:
    return sum(1 << column for column in columns)


def _declared_parts(system: System, specs: Sequence[TableSpec]) -> Iterator[Share]:
    """Pairs (subset, superset) implied by a segment rule; their difference counts people who fail it."""
    position = {key: place for place, key in enumerate(system.keys)}
    for fact in dict.fromkeys(fact for spec in specs for one in spec.dimensions for fact in one.facts):
        if len(fact.left) == len(fact.right) == 1:
            part, group = (position.get(key_of(count)) for count in (*fact.left, *fact.right))
            if part is not None and group is not None:
                yield Share(part, group)


def _wider(system: System, specs: Sequence[TableSpec]) -> Iterator[Share]:
    """A count within a population, and the same count without one of its conditions, if some table has that."""
    position = {key: place for place, key in enumerate(system.keys)}
    for spec, places in zip(specs, system.places, strict=True):
        for part in places:
            for dimension, _ in spec.population:
                key = tuple(item for item in system.keys[part] if item[0] != dimension.axis)
                if position.get(key, part) != part:
                    yield Share(part, position[key])


def _complements(spec: TableSpec, places: Sequence[int]) -> Iterator[Share]:
    position = dict(zip(rows(spec), places, strict=True))
    for levels, part in position.items():
        totals = {places[-1]}
        for axis, dimension in enumerate(spec.dimensions):
            if dimension.multiple:
                totals.add(position[(*levels[:axis], TOTAAL, *levels[axis + 1 :])])
        yield from (Share(part, total) for total in totals - {part})


def groups(system: System, specs: Sequence[TableSpec]) -> list[Share]:
    """Every category of a sensitive dimension with the group that it is a part of.

    Nothing is learned of a group when its category is unknown.
    """
    found = {share for spec, places in zip(specs, system.places, strict=True) for share in _groups(spec, places)}
    return sorted(found, key=lambda share: (share.part, share.group, share.zeros))


def _groups(spec: TableSpec, places: Sequence[int]) -> Iterator[Share]:
    position = dict(zip(rows(spec), places, strict=True))
    for axis, dimension in enumerate(spec.dimensions):
        if dimension in spec.disclosure.sensitive:
            for levels, part in position.items():
                if levels[axis] not in {TOTAAL, ONBEKEND}:
                    group = position[(*levels[:axis], TOTAAL, *levels[axis + 1 :])]
                    yield Share(part, group, spec.disclosure.zeros)


def sensitive_counts(system: System, specs: Sequence[TableSpec], truth: Counts, profile: Profile) -> Pattern:
    """The counts that may not be published, whatever else is."""
    sensitive = (truth >= 1) & (truth < profile.threshold)
    for share in groups(system, specs):
        if truth[share.part] == 0 and _is_group(int(truth[share.group]), share.zeros, profile):
            sensitive[share.part] = True
    return np.asarray(sensitive)


def demands(system: System, specs: Sequence[TableSpec], truth: Counts, profile: Profile) -> list[Demand]:
    """What an attacker must not be able to rule out about complements, differences and groups."""
    found = []
    sensitive = sensitive_counts(system, specs, truth, profile)
    inside = nested_counts(system, np.flatnonzero((truth == 0) & ~sensitive))
    # A blank count leaves so much open that a difference with it hardly ever needs a demand; the audit judges it.
    shown = [share for share in inside if not (sensitive[share.part] or sensitive[share.group])]
    for share in dict.fromkeys((*complements(system, specs), *shown)):
        if 1 <= truth[share.group] - truth[share.part] < profile.threshold:
            found.append(Demand(((share.group, 1), (share.part, -1)), profile.threshold))
    for share in groups(system, specs):
        if truth[share.group] >= profile.threshold and is_most(truth[share.part], truth[share.group], profile):
            found.append(Demand(most(share, profile), 1))
    return found


def reasons(system: System, specs: Sequence[TableSpec], truth: Counts, profile: Profile) -> dict[int, tuple[str, str]]:
    """Per count that a rule is about: the name of the rule and why it applies, in Dutch; for the officer only."""
    few = f"1 tot en met {profile.threshold - 1} inwoners"
    found: dict[int, tuple[str, str]] = {}
    for share in groups(system, specs):
        if truth[share.part] == 0 and _is_group(int(truth[share.group]), share.zeros, profile):
            found[share.part] = ("groep", "niemand van deze groep valt in deze gevoelige categorie")
        elif truth[share.group] >= profile.threshold and is_most(truth[share.part], truth[share.group], profile):
            found[share.part] = ("groep", f"{profile.group_pct} % of meer van deze groep valt in deze categorie")
    for share in complements(system, specs):
        if 1 <= truth[share.group] - truth[share.part] < profile.threshold:
            found[share.part] = ("rest", f"buiten deze cel telt de tabel nog {few}")
    return found | {
        int(count): ("drempel", few) for count in np.flatnonzero((truth >= 1) & (truth < profile.threshold))
    }


def unmoved_demands(withheld: Iterable[int], truth: Counts, earlier: Sequence[Sequence[Interval]]) -> Iterator[Demand]:
    """That counts which are blank beside earlier releases may be what they were then, as far as anybody can tell."""
    for count, intervals in product(withheld, earlier):
        true, before = int(truth[count]), intervals[count]
        if true > before.high:
            yield Demand(((count, -1),), -before.high)
        if true < before.low:
            yield Demand(((count, 1),), before.low)


def insiders(truth: Counts, profile: Profile) -> list[int]:
    """The counts in which an attacker may be himself, each tried apart; what else he knows of himself is not used."""
    is_own = profile.own_record & (truth >= 1) & (truth <= OWN_RECORD)
    return [int(count) for count in np.flatnonzero(is_own)]


def _is_group(persons: int, zeros: bool, profile: Profile) -> bool:
    """Whether it says something that nobody of a group is in a category; nobody is in an empty group."""
    return persons >= (1 if zeros else profile.threshold)


def most(share: Share, profile: Profile) -> Terms:
    """Positive as long as less than `group_pct` of the group is in the part."""
    return ((share.group, profile.group_pct), (share.part, -100))


def is_most(part: int, group: int, profile: Profile) -> bool:
    return 100 * part >= profile.group_pct * group


def prices(system: System, specs: Sequence[TableSpec], truth: Counts) -> Counts:
    """What it costs to suppress each count: over all cells in which it stands, by their declared weights."""
    total = np.zeros(len(truth), dtype=np.int64)
    for spec, places in zip(specs, system.places, strict=True):
        for levels, place in zip(rows(spec), places, strict=True):
            factor = spec.disclosure.margin_factor if _is_margin(spec, levels) else 1
            total[place] += factor * _weight(spec.disclosure.weight, int(truth[place]))
    return total


def _is_margin(spec: TableSpec, levels: Sequence[str]) -> bool:
    """A total of the table by one of its dimensions at most, whatever its population."""
    return sum(level not in {TOTAAL, *spec.disclosure.totals} for level in levels) <= 1


def _weight(weight: Weight, count: int) -> int:
    """Whole numbers, so that a bound on the cost can be rounded up; a cell is never free."""
    if weight == Weight.COUNT:
        return 1 + count
    return 1 + round(10 * float(np.log2(1 + count))) if weight == Weight.LOG else 1
