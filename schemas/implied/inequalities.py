"""What segment rules tell about counts of other tables, derived from the rules themselves.

A rule leaves some combinations of classes without anybody: nobody on trede 1 is in 'next step possible'. So do
two rules together: nobody is in 'from trede 4 to paid work' only. Every largest box of classes without anybody
(a prime implicant) is an inequality between counts. `schemas.implied.truth_tables` writes the rules out.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations

import numpy as np

from schemas.codes import GEEN
from schemas.implied.empty_boxes import Box, empty_boxes, widen
from schemas.implied.truth_tables import Classes, Seen, Truth, TruthTable, common_columns, merge_classes, truth_table
from schemas.segments import SIGNALS, Segment
from schemas.specs import Dimension
from schemas.specs.fact import AtMost, Count

BESIDE = "regeling"
"""Other dimensions are counted within its categories, here called schemes; what is told is told within them."""

IN_STOCK: Count = (("stand", ("lopend",)),)
"""The rules say nothing of who has left."""

Terms = Counter[tuple[Count, int]]
"""An inequality: how often a count within a scheme, by place, stands on the left; on the right if negative."""


@dataclass(frozen=True, eq=False)
class Category:
    """A category of a dimension of segments, and who is in it.

    Attributes:
        several: A person may be in others too; such a dimension is counted for all schemes together.
    """

    dimension: str
    code: str
    several: bool
    table: TruthTable


@dataclass(frozen=True, eq=False)
class _Pattern:
    """Something that persons are, or are not; a box in which nobody is gives an inequality.

    Attributes:
        left, right: The categories that stand on that side of it.
        everybody: How often all persons stand on its left; if negative, on its right.
        conditions: Somebody is so if all of them hold.
    """

    left: tuple[Category, ...]
    right: tuple[Category, ...]
    everybody: int
    conditions: tuple[Truth, ...]


def implied(
    segments: Mapping[Dimension, Sequence[Segment]], columns: Sequence[Dimension]
) -> dict[str, tuple[AtMost, ...]]:
    """What everybody knows who reads the rules, each by itself and two together.

    Args:
        segments: Per dimension that counts them.
        columns: The dimensions that a rule may read.

    Returns:
        Per name of a dimension what is told of its categories, also beside those of the dimensions before it.

    Raises:
        RuleNotEnumerable: A rule cannot be written out.
    """
    categories = [one for dimension, own in segments.items() for one in _categories(dimension, own, columns)]
    author = _Author(columns, categories)
    alone = {one: author.inequalities([one], []) for one in categories}
    found: dict[str, dict[AtMost, None]] = {dimension.name: {} for dimension in segments}
    for place, one in enumerate(categories):
        told = list(alone[one])
        for other in categories[:place]:
            if _have_to_do(other, one):
                told.extend(author.inequalities([other, one], [*alone[other], *alone[one]]))
        found[one.dimension] |= dict.fromkeys(map(author.fact, told))
    return {name: tuple(facts) for name, facts in found.items()}


def _categories(dimension: Dimension, segments: Sequence[Segment], columns: Sequence[Dimension]) -> Iterator[Category]:
    """The segments of a dimension and, if a person may be in several, who is in none of them."""
    tables = [truth_table(segment, columns) for segment in segments]
    for segment, table in zip(segments, tables, strict=True):
        yield Category(dimension.name, segment.code, dimension.multiple, table)
    if dimension.multiple:
        common = common_columns(tables)
        nothing = ~reduce(np.logical_or, [table.over(common) for table in tables])
        yield Category(dimension.name, GEEN, several=True, table=merge_classes(common, nothing))


def _have_to_do(one: Category, other: Category) -> bool:
    """Rules that read the same column; who is in no segment, with the segments of the same dimension only."""
    if GEEN in {one.code, other.code}:
        return one.dimension == other.dimension
    return bool((one.table.columns.keys() & other.table.columns.keys()) - {Seen(BESIDE)})


def _patterns(categories: Sequence[Category], truths: Sequence[Truth]) -> Iterator[_Pattern]:
    if len(categories) == 1:
        yield _Pattern((*categories,), (), 0, (truths[0],))
        yield _Pattern((), (*categories,), 1, (~truths[0],))
        return
    (one, other), (is_one, is_other) = categories, truths
    if np.any(is_one & is_other):
        yield _Pattern((one, other), (), -1, (is_one, is_other))
    else:
        # Together they are one group of persons.
        yield _Pattern((one, other), (), 0, (is_one | is_other,))
    if other.code != GEEN:
        yield _Pattern((one,), (other,), 0, (is_one, ~is_other))
        yield _Pattern((other,), (one,), 0, (~is_one, is_other))
        yield _Pattern((), (one, other), 1, (~is_one, ~is_other))


class _Author:
    """Writes inequalities between counts.

    Args:
        columns: The dimensions that a rule may read.
        categories: All that are told about.
    """

    def __init__(self, columns: Sequence[Dimension], categories: Iterable[Category]) -> None:
        self._codes = {dimension.name: dimension.codes.values for dimension in columns}
        self._lists = {dimension.name for dimension in columns if dimension.multiple}
        beside = next(dimension for dimension in columns if dimension.name == BESIDE)
        self._schemes = beside.codes.values
        self._levels = [tuple(map(self._schemes.index, beside.parts(level))) for level in beside.levels]
        self._somewhere: dict[Category, set[int]] = {}
        self._used: dict[Seen, set[int]] = {}
        for one in categories:
            rest, (truth,) = self._by_scheme([one.table])
            self._somewhere[one] = {scheme for scheme, held in enumerate(truth) if held.any()}
            for axis, seen in enumerate(rest, start=1):
                differs = np.diff(truth, axis=axis).reshape(len(truth), -1).any(axis=1)
                self._used.setdefault(seen, set()).update(np.flatnonzero(differs).tolist())

    def inequalities(self, categories: Sequence[Category], said: Sequence[Terms]) -> list[Terms]:
        """What categories tell that does not follow from one or two inequalities that were said before."""
        columns, truths = self._by_scheme([one.table for one in categories])
        signals = tuple(axis for axis, seen in enumerate(columns, start=1) if seen.column in SIGNALS)
        counted = {seen: classes for seen, classes in columns.items() if seen.column not in SIGNALS}
        found: dict[frozenset[tuple[tuple[Count, int], int]], Terms] = {}
        for pattern in _patterns(categories, truths):
            # No table counts a signal, so a box has persons with and without it.
            occurs: Truth = reduce(np.logical_and, pattern.conditions)
            occurs = np.asarray(np.logical_or.reduce(occurs, axis=signals)) if signals else occurs
            for level in self._levels:
                if self._is_told(pattern, level):
                    for box in empty_boxes(np.logical_or.reduce(occurs[[*level]])):
                        terms = self._inequality(pattern, counted, {one: widen(box, occurs[one]) for one in level})
                        found[frozenset(terms.items())] = terms
        inequalities = list(found.values())
        if len(categories) == 1:
            (one,) = categories
            inequalities.extend(self._obvious(one) if len(self._somewhere[one]) < len(self._schemes) else ())
        known = [*said, *(terms for one in categories for terms in self._obvious(one))] if said else []
        return self._new(inequalities, known)

    def _new(self, inequalities: Sequence[Terms], known: Sequence[Terms]) -> list[Terms]:
        """Those that follow from no other and from no one or two that are known, as they are or as they are written.

        One follows from another that has as much or more on the left of everything.
        """
        is_new = np.ones(len(inequalities), dtype=bool)
        for form in (Counter, self._written):
            own, given = [form(one) for one in inequalities], [form(one) for one in known]
            keys = list(dict.fromkeys(key for terms in (*own, *given) for key in terms))
            rows, other = (np.array([[terms[key] for key in keys] for terms in each]) for each in (own, given))
            sums = [*other, *(one + two for one, two in combinations(other, 2))]
            for place in np.flatnonzero(is_new):
                is_new[place] = False
                stronger = [*rows[is_new], *sums]
                is_new[place] = not stronger or not (np.array(stronger) >= rows[place]).all(axis=1).any()
        return [terms for terms, new in zip(inequalities, is_new, strict=True) if new]

    def fact(self, terms: Terms) -> AtMost:
        """An inequality as it is declared."""
        written = self._written(terms)
        return AtMost(self._counts(written, 1), self._counts(written, -1))

    def _written(self, terms: Terms) -> Terms:
        """Once per scheme, all persons but those outside some classes are those inside."""
        written = Counter(terms)
        for (item, scheme), times in terms.items():
            if times < 0 < written[(), scheme] and item and item[0][0] in self._codes.keys() - self._lists:
                name, codes = item[0]
                inside = tuple(code for code in self._codes[name] if code not in codes)
                written.update({(((name, inside),), scheme): 1, (item, scheme): 1, ((), scheme): -1})
        return written

    def _by_scheme(self, tables: Sequence[TruthTable]) -> tuple[dict[Seen, Classes], list[Truth]]:
        """The tables over their common columns, with the schemes as first axis and not among the columns."""
        schemes = {Seen(BESIDE): tuple(frozenset({code}) for code in self._schemes)}
        columns = common_columns([*tables, TruthTable(schemes, np.zeros(0, np.bool_))])
        first = list(columns).index(Seen(BESIDE))
        truths = [np.moveaxis(table.over(columns), first, 0) for table in tables]
        return {seen: classes for seen, classes in columns.items() if seen.column != BESIDE}, truths

    def _is_told(self, pattern: _Pattern, level: Sequence[int]) -> bool:
        """Whether some schemes together tell more than each of them, or than all."""
        inside, outside = set(level), set(range(len(self._schemes))) - set(level)
        apart = [self._somewhere[one] for one in (*pattern.left, *pattern.right) if not one.several]
        whole = [self._somewhere[one] for one in pattern.left if one.several]
        return (len(inside) == 1 or all(inside <= one for one in apart)) and all(map(outside.isdisjoint, whole))

    def _inequality(self, pattern: _Pattern, columns: Mapping[Seen, Classes], boxes: Mapping[int, Box]) -> Terms:
        """Whoever is not so, as nobody in these boxes is, is outside one of them."""
        terms: Terms = Counter()
        for scheme, box in boxes.items():
            terms[(), scheme] += pattern.everybody
            for (seen, classes), places in zip(columns.items(), box, strict=True):
                inside = frozenset().union(*(classes[place] for place in places))
                if not seen.category:
                    outside = frozenset().union(*classes) - inside
                    terms[self._item(seen.column, outside), scheme] -= bool(outside)
                elif len(places) == 1:
                    # Outside are those who have it, or all but those.
                    terms[((seen.column, (seen.category,)),), scheme] += 1 if inside else -1
                    terms[(), scheme] -= bool(inside)
        for sign, own in ((1, pattern.left), (-1, pattern.right)):
            for one in own:
                terms.update(dict.fromkeys(self._of(one, boxes), sign))
        return Counter({key: times for key, times in self._with_lists(terms).items() if times})

    def _with_lists(self, terms: Terms) -> Terms:
        """The same of categories of a list for all schemes in which rules use them: no table has them by scheme."""
        for item in dict.fromkeys(item for item, _ in terms if item and item[0][0] in self._lists):
            name, (category,) = item[0]
            own = {scheme: terms[item, scheme] for scheme in self._used[Seen(name, category)]}
            times = max(own.values(), key=abs)
            for scheme, before in own.items():
                terms[item, scheme] = times
                # On the right there may be more of them; on the left they are at most all persons of a scheme.
                terms[(), scheme] -= max(0, times - before)
        return terms

    def _of(self, category: Category, schemes: Iterable[int]) -> Terms:
        """The persons in a category, within some schemes if it is counted so."""
        within = range(len(self._schemes)) if category.several else schemes
        return Counter({(((category.dimension, (category.code,)),), scheme): 1 for scheme in within})

    def _obvious(self, category: Category) -> Iterator[Terms]:
        """That whoever is in a category is somebody for whom the rule may hold."""
        for level in [sorted(self._somewhere[category])] if category.several else self._levels:
            yield _sum(self._of(category, level), Counter({((), scheme): -1 for scheme in level}))

    def _item(self, name: str, codes: frozenset[str]) -> Count:
        return ((name, tuple(code for code in self._codes[name] if code in codes)),)

    def _counts(self, terms: Terms, sign: int) -> tuple[Count, ...]:
        """The counts on one side, of persons of as many schemes at once as can be."""
        found: list[Count] = []
        for item in dict.fromkeys(item for item, _ in terms):
            times = [sign * terms[item, scheme] for scheme in range(len(self._schemes))]
            for least in range(1, max(times) + 1):
                within = tuple(code for code, own in zip(self._schemes, times, strict=True) if own >= least)
                found.append((*IN_STOCK, *item, *(((BESIDE, within),) if within != self._schemes else ())))
        return tuple(found)


def _sum(one: Terms, other: Terms) -> Terms:
    return Counter({key: one[key] + other[key] for key in (*one, *other)})
