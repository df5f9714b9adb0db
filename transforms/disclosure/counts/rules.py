"""Rules of disclosure control: what is not published, and what must not be provable.

| rule                 | applies to                                          | source                                |
|----------------------|-----------------------------------------------------|---------------------------------------|
| threshold            | a count of 1 to threshold - 1                       | CBS microdata: 10 units; ABS DataLab  |
| complement           | everybody of a table, or of a wider population, outside a cell | ABS DataLab                 |
| declared part        | a count less another that a segment rule puts in it | ABS DataLab                           |
| nested               | a count less another that lies in it                | ABS DataLab: differences of tables    |
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
from transforms.disclosure.counts.groups import is_most
from transforms.disclosure.model.facts import key_of
from transforms.disclosure.model.interval import Interval
from transforms.disclosure.model.joint import Terms
from transforms.disclosure.model.program import Counts
from transforms.disclosure.model.solver import Pattern
from transforms.disclosure.model.system import System, rows


@dataclass(frozen=True)
class Demand:
    """A sum of counts of which an attacker must not be able to rule out that it is `least` or more."""

    form: Terms
    least: int


@dataclass(frozen=True)
class Share:
    """A count and a group that contains it, as positions in `System.keys`.

    Attributes:
        zeros: Nobody in the part is a disclosure in a group of any size.
    """

    part: int
    group: int
    zeros: bool = False


def complements(system: System, specs: Sequence[TableSpec]) -> list[Share]:
    """Return pairs of a count and a larger one that contains it, whose difference is no cell of its own.

    These are a cell and its table's total; a cell and the total over a dimension with several categories per person; a
    segment and the count in which its rule lies; and a count and the same one in a wider population, such as those
    whose loonwaarde is measured, of all with a voorziening.
    """
    shares = {share for spec, places in zip(specs, system.places, strict=True) for share in _complements(spec, places)}
    shares.update(_declared_parts(system, specs))
    shares.update(_wider(system, specs))
    return sorted(shares, key=lambda share: (share.part, share.group))


def nested_counts(system: System, empty: Iterable[int]) -> list[Share]:
    """Return every count with a larger one that contains it, and that no cell of the tables tells apart from it.

    One contains another by its categories: a column total contains each of its cells, whatever other tables say. Or it
    does as some counts are zero: nobody of 66 or older is under the Participatiewet alone, so those on a step who are
    66 or older lie within those on that step under the WMO alone, though no table has both. Those in the larger count
    only are in no cell, and follow by subtraction.

    Args:
        system: Cells of the tables as one system.
        empty: Counts that are known to be zero.
    """
    known_empty = 0
    for count in empty:
        known_empty |= _mask(system.sums[count])
    columns = [_mask(hidden) & ~known_empty for hidden in system.sums]
    categories = _Categories(system)
    shown = {place for places in system.places for place in places}
    cells = {columns[place] for place in shown}
    keys = {categories.masks[place] for place in shown}
    shares = []
    for group, (large, wide) in enumerate(zip(columns, categories.masks, strict=True)):
        for part, (small, narrow) in enumerate(zip(columns, categories.masks, strict=True)):
            if part == group or not small:
                continue
            # The difference may be a cell of its own, with a threshold of its own.
            if not narrow & ~wide:
                is_told_apart = categories.difference(narrow, wide) in keys or large ^ small in cells
            elif small != large and small & large == small:
                is_told_apart = large ^ small in cells
            else:
                continue
            if not is_told_apart:
                shares.append(Share(part, group))
    return shares


class _Categories:
    """The categories that each count of a system adds up, as bits of an integer: a run of bits per axis.

    Attributes:
        masks: Per count; an axis that a count takes in full has all its bits.
    """

    def __init__(self, system: System) -> None:
        axes: dict[str, dict[str, int]] = {}
        for key in system.keys:
            for name, parts in key:
                for part in sorted(parts):
                    axes.setdefault(name, {}).setdefault(part, 0)
        start, self._additive = 0, []
        for name, bits in axes.items():
            # One bit more stands for all that no key names.
            bits |= {part: start + place for place, part in enumerate(bits)}
            run = (1 << (len(bits) + 1)) - 1 << start
            if name not in system.several:
                self._additive.append(run)
            axes[name] = bits | {"": run}
            start += len(bits) + 1
        everything = (1 << start) - 1
        self.masks = []
        for key in system.keys:
            mask = everything
            for name, parts in key:
                mask &= ~axes[name][""] | sum(1 << axes[name][part] for part in parts)
            self.masks.append(mask)

    def difference(self, narrow: int, wide: int) -> int | None:
        """Return the categories of those in a count who are not in one that lies in it; None if no cell can have them.

        That is if both differ on several axes, or on one on which persons may be in several categories.
        """
        rest = wide & ~narrow
        axis = next((run for run in self._additive if not rest & ~run), None)
        return None if axis is None else wide & ~axis | rest


def _mask(columns: Iterable[int]) -> int:
    """Return a set of columns as the bits of an integer."""
    return sum(1 << column for column in columns)


def _declared_parts(system: System, specs: Sequence[TableSpec]) -> Iterator[Share]:
    """Yield pairs (subset, superset) implied by a segment rule; their difference counts people who fail it."""
    position = {key: place for place, key in enumerate(system.keys)}
    for fact in dict.fromkeys(fact for spec in specs for dimension in spec.dimensions for fact in dimension.facts):
        if len(fact.left) == len(fact.right) == 1:
            part, group = (position.get(key_of(count)) for count in (*fact.left, *fact.right))
            if part is not None and group is not None:
                yield Share(part, group)


def _wider(system: System, specs: Sequence[TableSpec]) -> Iterator[Share]:
    """Yield a count within a population with the same count without one of its conditions, if a table shows that."""
    position = {key: place for place, key in enumerate(system.keys)}
    for spec, places in zip(specs, system.places, strict=True):
        for part in places:
            for dimension, _ in spec.population:
                key = tuple(item for item in system.keys[part] if item[0] != dimension.axis)
                if position.get(key, part) != part:
                    yield Share(part, position[key])


def _complements(spec: TableSpec, places: Sequence[int]) -> Iterator[Share]:
    """Yield every cell of a table with its total, and with its total over each dimension of several categories."""
    position = dict(zip(rows(spec), places, strict=True))
    for levels, part in position.items():
        totals = {places[-1]}
        for axis, dimension in enumerate(spec.dimensions):
            if dimension.multiple:
                totals.add(position[(*levels[:axis], TOTAAL, *levels[axis + 1 :])])
        yield from (Share(part, total) for total in totals - {part})


def groups(system: System, specs: Sequence[TableSpec]) -> list[Share]:
    """Return every category of a sensitive dimension with the group that it is a part of.

    Nothing is learned of a group when its category is unknown.
    """
    shares = {share for spec, places in zip(specs, system.places, strict=True) for share in _groups(spec, places)}
    return sorted(shares, key=lambda share: (share.part, share.group, share.zeros))


def _groups(spec: TableSpec, places: Sequence[int]) -> Iterator[Share]:
    """Yield the cells of sensitive dimensions of one table with their groups."""
    position = dict(zip(rows(spec), places, strict=True))
    for axis, dimension in enumerate(spec.dimensions):
        if dimension in spec.disclosure.sensitive:
            only = {category for name, category in spec.disclosure.only if name == dimension.name}
            for levels, part in position.items():
                if levels[axis] not in {TOTAAL, ONBEKEND} and (not only or levels[axis] in only):
                    group = position[(*levels[:axis], TOTAAL, *levels[axis + 1 :])]
                    yield Share(part, group, spec.disclosure.zeros)


def sensitive_counts(system: System, specs: Sequence[TableSpec], truth: Counts, profile: Profile) -> Pattern:
    """Return which counts may not be published, whatever else is."""
    sensitive = (truth >= 1) & (truth < profile.threshold)
    for share in groups(system, specs):
        if truth[share.part] == 0 and _is_group(int(truth[share.group]), share.zeros, profile):
            sensitive[share.part] = True
    return np.asarray(sensitive)


def demands(system: System, specs: Sequence[TableSpec], truth: Counts, profile: Profile) -> list[Demand]:
    """Return what an attacker must not be able to rule out about complements, differences and groups."""
    requirements = []
    sensitive = sensitive_counts(system, specs, truth, profile)
    nested = nested_counts(system, np.flatnonzero((truth == 0) & ~sensitive))
    # A blank count leaves so much open that a difference with it hardly ever needs a demand; the audit judges it.
    visible = [share for share in nested if not (sensitive[share.part] or sensitive[share.group])]
    for share in dict.fromkeys((*complements(system, specs), *visible)):
        if 1 <= truth[share.group] - truth[share.part] < profile.threshold:
            requirements.append(Demand(((share.group, 1), (share.part, -1)), profile.threshold))
    for share in groups(system, specs):
        if _is_nearly_all(share, truth, profile):
            requirements.append(Demand(most(share, profile), 1))
    return requirements


def reasons(system: System, specs: Sequence[TableSpec], truth: Counts, profile: Profile) -> dict[int, tuple[str, str]]:
    """Return the Dutch name and reason of the rule that applies to a count; for the officer only."""
    few = f"1 tot en met {profile.threshold - 1} inwoners"
    by_count: dict[int, tuple[str, str]] = {}
    for share in groups(system, specs):
        if truth[share.part] == 0 and _is_group(int(truth[share.group]), share.zeros, profile):
            by_count[share.part] = ("groep", "niemand van deze groep valt in deze gevoelige categorie")
        elif _is_nearly_all(share, truth, profile):
            by_count[share.part] = ("groep", f"{profile.group_pct} % of meer van deze groep valt in deze categorie")
    for share in complements(system, specs):
        if 1 <= truth[share.group] - truth[share.part] < profile.threshold:
            by_count[share.part] = ("rest", f"buiten deze cel telt de tabel nog {few}")
    return by_count | {
        int(count): ("drempel", few) for count in np.flatnonzero((truth >= 1) & (truth < profile.threshold))
    }


def unmoved_demands(withheld: Iterable[int], truth: Counts, earlier: Sequence[Sequence[Interval]]) -> Iterator[Demand]:
    """Yield demands that a count withheld beside earlier releases may be unchanged, as far as anybody can tell."""
    for count, intervals in product(withheld, earlier):
        true, before = int(truth[count]), intervals[count]
        if true > before.high:
            yield Demand(((count, -1),), -before.high)
        if true < before.low:
            yield Demand(((count, 1),), before.low)


def _is_nearly_all(share: Share, truth: Counts, profile: Profile) -> bool:
    """Return whether nearly everybody of a group is in a category."""
    part, group = int(truth[share.part]), int(truth[share.group])
    return group >= profile.threshold and is_most(part, group, profile.group_pct)


def _is_group(persons: int, zeros: bool, profile: Profile) -> bool:
    """Return whether an empty category discloses something about a group of this size."""
    return persons >= (1 if zeros else profile.threshold)


def most(share: Share, profile: Profile) -> Terms:
    """Return a form that is positive as long as less than `group_pct` of the group is in the part."""
    return ((share.group, profile.group_pct), (share.part, -100))


def prices(system: System, specs: Sequence[TableSpec], truth: Counts) -> Counts:
    """Return the cost of suppressing each count: over all cells that show it, by their declared weights."""
    total = np.zeros(len(truth), dtype=np.int64)
    for spec, places in zip(specs, system.places, strict=True):
        for levels, place in zip(rows(spec), places, strict=True):
            factor = spec.disclosure.margin_factor if _is_margin(spec, levels) else 1
            total[place] += factor * _weight(spec.disclosure.weight, int(truth[place]))
    return total


def _is_margin(spec: TableSpec, levels: Sequence[str]) -> bool:
    """Return whether a cell is a total of the table by one dimension at most, whatever its population."""
    return sum(level not in {TOTAAL, *spec.disclosure.totals} for level in levels) <= 1


def _weight(weight: Weight, count: int) -> int:
    """Return the weight of a cell: a whole number, so that a bound on the cost can be rounded up; never 0."""
    if weight == Weight.COUNT:
        return 1 + count
    return 1 + round(10 * float(np.log2(1 + count))) if weight == Weight.LOG else 1
