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
from schemas.implied.truth_tables import (
    Classes,
    RuleInput,
    Truth,
    TruthTable,
    common_columns,
    merge_classes,
    truth_table,
)
from schemas.segments import SIGNALS, Segment
from schemas.specs import Dimension
from schemas.specs.fact import AtMost, Count

SCHEME_DIMENSION = "regeling"
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
    """Return the inequalities that follow from the segment rules, from each alone and from two together.

    Everybody who reads the rules knows them.

    Args:
        segments: The segments of every dimension that counts them.
        columns: The dimensions that a rule may read.

    Returns:
        Per name of a dimension the inequalities about its categories, alone or together with an earlier category of
        any dimension.

    Raises:
        RuleNotEnumerable: A rule cannot be written out.
    """
    categories = [category for dimension, own in segments.items() for category in _categories(dimension, own, columns)]
    author = _Author(columns, categories)
    alone = {category: author.inequalities([category], []) for category in categories}
    facts_by_dimension: dict[str, dict[AtMost, None]] = {dimension.name: {} for dimension in segments}
    for place, category in enumerate(categories):
        inequalities = list(alone[category])
        for other in categories[:place]:
            if _have_to_do(other, category):
                inequalities.extend(author.inequalities([other, category], [*alone[other], *alone[category]]))
        facts_by_dimension[category.dimension] |= dict.fromkeys(map(author.fact, inequalities))
    return {name: tuple(facts) for name, facts in facts_by_dimension.items()}


def _categories(dimension: Dimension, segments: Sequence[Segment], columns: Sequence[Dimension]) -> Iterator[Category]:
    """Yield the segments of a dimension and, if a person may be in several, a category for persons in none."""
    tables = [truth_table(segment, columns) for segment in segments]
    for segment, table in zip(segments, tables, strict=True):
        yield Category(dimension.name, segment.code, dimension.multiple, table)
    if dimension.multiple:
        common = common_columns(tables)
        nothing = ~reduce(np.logical_or, [table.over(common) for table in tables])
        yield Category(dimension.name, GEEN, several=True, table=merge_classes(common, nothing))


def _have_to_do(category: Category, other: Category) -> bool:
    """Rules that read the same column; who is in no segment, with the segments of the same dimension only."""
    if GEEN in {category.code, other.code}:
        return category.dimension == other.dimension
    return bool((category.table.columns.keys() & other.table.columns.keys()) - {RuleInput(SCHEME_DIMENSION)})


def _patterns(categories: Sequence[Category], truths: Sequence[Truth]) -> Iterator[_Pattern]:
    if len(categories) == 1:
        yield _Pattern((*categories,), (), 0, (truths[0],))
        yield _Pattern((), (*categories,), 1, (~truths[0],))
        return
    (first, second), (is_first, is_second) = categories, truths
    if np.any(is_first & is_second):
        yield _Pattern((first, second), (), -1, (is_first, is_second))
    else:
        # Together they are one group of persons.
        yield _Pattern((first, second), (), 0, (is_first | is_second,))
    if second.code != GEEN:
        yield _Pattern((first,), (second,), 0, (is_first, ~is_second))
        yield _Pattern((second,), (first,), 0, (~is_first, is_second))
        yield _Pattern((), (first, second), 1, (~is_first, ~is_second))


class _Author:
    """Writes inequalities between counts.

    Args:
        columns: The dimensions that a rule may read.
        categories: All that are told about.
    """

    def __init__(self, columns: Sequence[Dimension], categories: Iterable[Category]) -> None:
        self._codes = {dimension.name: dimension.codes.values for dimension in columns}
        self._lists = {dimension.name for dimension in columns if dimension.multiple}
        regeling = next(dimension for dimension in columns if dimension.name == SCHEME_DIMENSION)
        self._schemes = regeling.codes.values
        self._levels = [tuple(map(self._schemes.index, regeling.parts(level))) for level in regeling.levels]
        self._somewhere: dict[Category, set[int]] = {}
        self._used: dict[RuleInput, set[int]] = {}
        for category in categories:
            rest, (truth,) = self._by_scheme([category.table])
            self._somewhere[category] = {scheme for scheme, held in enumerate(truth) if held.any()}
            for axis, rule_input in enumerate(rest, start=1):
                differs = np.diff(truth, axis=axis).reshape(len(truth), -1).any(axis=1)
                self._used.setdefault(rule_input, set()).update(np.flatnonzero(differs).tolist())

    def inequalities(self, categories: Sequence[Category], earlier: Sequence[Terms]) -> list[Terms]:
        """Return the inequalities about categories that follow neither from each other nor from earlier ones.

        Args:
            categories: One or two.
            earlier: The inequalities about each of two categories alone; empty for one category.
        """
        columns, truths = self._by_scheme([category.table for category in categories])
        signals = tuple(axis for axis, rule_input in enumerate(columns, start=1) if rule_input.column in SIGNALS)
        counted = {rule_input: classes for rule_input, classes in columns.items() if rule_input.column not in SIGNALS}
        distinct: dict[frozenset[tuple[tuple[Count, int], int]], Terms] = {}
        for pattern in _patterns(categories, truths):
            # No table counts a signal, so a box has persons with and without it.
            occurs: Truth = reduce(np.logical_and, pattern.conditions)
            occurs = np.asarray(np.logical_or.reduce(occurs, axis=signals)) if signals else occurs
            for level in self._levels:
                if self._tells_more(pattern, level):
                    for box in empty_boxes(np.logical_or.reduce(occurs[[*level]])):
                        terms = self._inequality(
                            pattern, counted, {scheme: widen(box, occurs[scheme]) for scheme in level}
                        )
                        distinct[frozenset(terms.items())] = terms
        inequalities = list(distinct.values())
        if len(categories) == 1:
            (category,) = categories
            inequalities.extend(self._obvious(category) if len(self._somewhere[category]) < len(self._schemes) else ())
        premises = (
            [*earlier, *(terms for category in categories for terms in self._obvious(category))] if earlier else []
        )
        return self._new(inequalities, premises)

    def _new(self, inequalities: Sequence[Terms], premises: Sequence[Terms]) -> list[Terms]:
        """Return the inequalities that follow from no other, and from no one or two known ones, in either form.

        An inequality follows from another that has at least as much of everything on its left side.
        """
        is_new = np.ones(len(inequalities), dtype=bool)
        for form in (Counter, self._written):
            own, premise_forms = [form(terms) for terms in inequalities], [form(terms) for terms in premises]
            keys = list(dict.fromkeys(key for terms in (*own, *premise_forms) for key in terms))
            rows, other = (np.array([[terms[key] for key in keys] for terms in each]) for each in (own, premise_forms))
            sums = [*other, *(first + second for first, second in combinations(other, 2))]
            for place in np.flatnonzero(is_new):
                is_new[place] = False
                stronger = [*rows[is_new], *sums]
                is_new[place] = not stronger or not (np.array(stronger) >= rows[place]).all(axis=1).any()
        return [terms for terms, new in zip(inequalities, is_new, strict=True) if new]

    def fact(self, terms: Terms) -> AtMost:
        """Return an inequality in its declared form, an `AtMost`."""
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

    def _by_scheme(self, tables: Sequence[TruthTable]) -> tuple[dict[RuleInput, Classes], list[Truth]]:
        """Return the common columns of the tables without the scheme, and the truth values over them.

        The schemes are the first axis of the truth values.
        """
        schemes = {RuleInput(SCHEME_DIMENSION): tuple(frozenset({code}) for code in self._schemes)}
        columns = common_columns([*tables, TruthTable(schemes, np.zeros(0, np.bool_))])
        first = list(columns).index(RuleInput(SCHEME_DIMENSION))
        truths = [np.moveaxis(table.over(columns), first, 0) for table in tables]
        return {
            rule_input: classes for rule_input, classes in columns.items() if rule_input.column != SCHEME_DIMENSION
        }, truths

    def _tells_more(self, pattern: _Pattern, level: Sequence[int]) -> bool:
        """Return whether some schemes together tell more than each of them, or than all."""
        inside, outside = set(level), set(range(len(self._schemes))) - set(level)
        apart = [self._somewhere[category] for category in (*pattern.left, *pattern.right) if not category.several]
        whole = [self._somewhere[category] for category in pattern.left if category.several]
        return (len(inside) == 1 or all(inside <= schemes for schemes in apart)) and all(map(outside.isdisjoint, whole))

    def _inequality(self, pattern: _Pattern, columns: Mapping[RuleInput, Classes], boxes: Mapping[int, Box]) -> Terms:
        """Whoever is not so, as nobody in these boxes is, is outside one of them."""
        terms: Terms = Counter()
        for scheme, box in boxes.items():
            terms[(), scheme] += pattern.everybody
            for (rule_input, classes), places in zip(columns.items(), box, strict=True):
                inside = frozenset().union(*(classes[place] for place in places))
                if not rule_input.category:
                    outside = frozenset().union(*classes) - inside
                    terms[self._item(rule_input.column, outside), scheme] -= bool(outside)
                elif len(places) == 1:
                    # Outside are those who have it, or all but those.
                    terms[((rule_input.column, (rule_input.category,)),), scheme] += 1 if inside else -1
                    terms[(), scheme] -= bool(inside)
        for sign, own in ((1, pattern.left), (-1, pattern.right)):
            for category in own:
                terms.update(dict.fromkeys(self._of(category, boxes), sign))
        return Counter({key: times for key, times in self._with_lists(terms).items() if times})

    def _with_lists(self, terms: Terms) -> Terms:
        """Make a category of a list count equally often in every scheme in which rules use it.

        No table counts such a category by scheme. The inequality is weakened where that is needed to keep it true.
        """
        for item in dict.fromkeys(item for item, _ in terms if item and item[0][0] in self._lists):
            name, (category,) = item[0]
            own = {scheme: terms[item, scheme] for scheme in self._used[RuleInput(name, category)]}
            times = max(own.values(), key=abs)
            for scheme, before in own.items():
                terms[item, scheme] = times
                # On the right there may be more of them; on the left they are at most all persons of a scheme.
                terms[(), scheme] -= max(0, times - before)
        return terms

    def _of(self, category: Category, schemes: Iterable[int]) -> Terms:
        """Return the terms of the persons in a category, over all schemes if it is counted for all together."""
        within = range(len(self._schemes)) if category.several else schemes
        return Counter({(((category.dimension, (category.code,)),), scheme): 1 for scheme in within})

    def _obvious(self, category: Category) -> Iterator[Terms]:
        """Yield the obvious inequalities: a category has at most as many persons as the schemes that it is in."""
        for level in [sorted(self._somewhere[category])] if category.several else self._levels:
            yield _sum(self._of(category, level), Counter({((), scheme): -1 for scheme in level}))

    def _item(self, name: str, codes: frozenset[str]) -> Count:
        return ((name, tuple(code for code in self._codes[name] if code in codes)),)

    def _counts(self, terms: Terms, sign: int) -> tuple[Count, ...]:
        """Return the counts on one side of an inequality, each over as many schemes at once as possible.

        Args:
            sign: 1 for the left side, -1 for the right side.
        """
        counts: list[Count] = []
        for item in dict.fromkeys(item for item, _ in terms):
            times = [sign * terms[item, scheme] for scheme in range(len(self._schemes))]
            for least in range(1, max(times) + 1):
                within = tuple(code for code, own in zip(self._schemes, times, strict=True) if own >= least)
                counts.append((*IN_STOCK, *item, *(((SCHEME_DIMENSION, within),) if within != self._schemes else ())))
        return tuple(counts)


def _sum(first: Terms, second: Terms) -> Terms:
    return Counter({key: first[key] + second[key] for key in (*first, *second)})
