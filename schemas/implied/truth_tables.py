"""Segment rules written out: for which classes of the columns that they read they hold.

A rule is evaluated over every combination of categories, and categories that it cannot tell apart become one
class. Of a column with several categories per person a rule sees, per category, whether a person has it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import prod

import numpy as np
import numpy.typing as npt
import polars as pl

from schemas.errors import RuleNotEnumerable
from schemas.segments import SIGNALS, Segment
from schemas.specs import Dimension

Truth = npt.NDArray[np.bool_]
Options = Mapping[str, Sequence[object]]
"""Per column the values that a person may have."""

Classes = tuple[frozenset[str], ...]
"""Categories that belong together. Of a single category: those who have it, and (the empty class) those who do not."""

MAXIMUM_COMBINATIONS = 500_000
"""A rule over more combinations than this takes too long to write out."""


@dataclass(frozen=True, order=True)
class RuleInput:
    """What a rule reads: a column, or whether a person has one category of a column with several.

    Attributes:
        category: Empty for a column as a whole.
    """

    column: str
    category: str = ""


@dataclass(frozen=True, eq=False)
class TruthTable:
    """Whether a rule holds: an axis per thing that it reads, in order, and a place per class."""

    columns: Mapping[RuleInput, Classes]
    truth: Truth

    def over(self, columns: Mapping[RuleInput, Classes]) -> Truth:
        """Return the truth values over finer classes, and over columns that the rule does not read."""
        places = [
            [_place(part, self.columns[rule_input]) if rule_input in self.columns else 0 for part in classes]
            for rule_input, classes in columns.items()
        ]
        shape = [len(self.columns[rule_input]) if rule_input in self.columns else 1 for rule_input in columns]
        return np.asarray(self.truth.reshape(shape)[np.ix_(*places)])


def truth_table(segment: Segment, dimensions: Iterable[Dimension]) -> TruthTable:
    """Write the rule of a segment out.

    Args:
        dimensions: What a rule may read, besides `SIGNALS`.

    Raises:
        RuleNotEnumerable: It reads another column, cannot be evaluated, is not true or false for everybody, reads
            too many columns, or more of a list than which categories are in it.
    """
    declared = {dimension.name: dimension for dimension in dimensions}
    names = sorted(set(segment.rule.meta.root_names()))
    if undeclared := [name for name in names if name not in declared and name not in SIGNALS]:
        raise RuleNotEnumerable(segment.code, f"reads {', '.join(undeclared)}, which no table counts")
    lists = {name: declared[name].codes.values for name in names if name in declared and declared[name].multiple}
    options: dict[str, Sequence[object]] = {
        name: [True, False] if name in SIGNALS else declared[name].codes.values for name in names if name not in lists
    }
    few = options | {name: [(), lists[name]] for name in lists}
    used = {name: _used(segment, name, few, lists[name]) for name in lists}
    with_used = {name: _subsets(used[name]) for name in lists}
    truth = _evaluated(segment, options | with_used, names)
    # Whatever else is in the list, none or any number, must make no difference.
    for number in range(1, max(map(len, lists.values()), default=0) + 1):
        unused = {name: [category for category in lists[name] if category not in used[name]][:number] for name in lists}
        with_unused = {name: [(*choice, *unused[name]) for choice in with_used[name]] for name in lists}
        if not np.array_equal(truth, _evaluated(segment, options | with_unused, names)):
            raise RuleNotEnumerable(segment.code, "reads more of a list than which categories are in it")
    columns: dict[RuleInput, Classes] = {}
    for name in names:
        if name in options:
            values = declared[name].codes.values if name in declared else (name, "")
            columns[RuleInput(name)] = tuple(frozenset({value} - {""}) for value in values)
        columns |= {RuleInput(name, category): (frozenset({category}), frozenset()) for category in used.get(name, ())}
    return merge_classes(columns, truth.reshape([len(classes) for classes in columns.values()]))


def merge_classes(columns: Mapping[RuleInput, Classes], truth: Truth) -> TruthTable:
    """Return a table that merges classes with equal truth values and drops columns of a single class."""
    merged: dict[RuleInput, Classes] = {}
    for axis, (rule_input, classes) in enumerate(columns.items()):
        groups = alike(truth, axis)
        truth = truth.take([group[0] for group in groups], axis)
        if len(groups) > 1:
            merged[rule_input] = tuple(frozenset().union(*(classes[place] for place in group)) for group in groups)
    return TruthTable(merged, truth.reshape([len(classes) for classes in merged.values()]))


def alike(truth: Truth, axis: int) -> list[list[int]]:
    """Group the places of an axis that have equal truth values along all other axes."""
    groups: dict[bytes, list[int]] = {}
    for place in range(truth.shape[axis]):
        groups.setdefault(truth.take(place, axis).tobytes(), []).append(place)
    return list(groups.values())


def common_columns(tables: Iterable[TruthTable]) -> dict[RuleInput, Classes]:
    """Return the coarsest classes per column that can express all of these tables."""
    common: dict[RuleInput, Classes] = {}
    for rule_input, classes in (item for table in tables for item in table.columns.items()):
        met = (first & second for first, second in product(common.get(rule_input, classes), classes))
        common[rule_input] = classes if frozenset() in classes else tuple(part for part in met if part)
    return dict(sorted(common.items()))


def _place(part: frozenset[str], classes: Classes) -> int:
    """Return the place of the class that holds these categories.

    An empty `part` means the persons without the category, whom only the empty class holds.
    """
    return next(
        place for place, categories in enumerate(classes) if part <= categories and bool(part) == bool(categories)
    )


def _used(segment: Segment, name: str, options: Options, categories: Sequence[str]) -> tuple[str, ...]:
    """Return the categories of a list that can change the outcome of a rule.

    Each is tried alone, beside one other category, and beside all others.
    """
    few = [frozenset(choice) for size in range(3) for choice in combinations(categories, size)]
    tried = list(dict.fromkeys((*few, *(frozenset(categories) - choice for choice in few if len(choice) <= 1))))
    truth = _evaluated(segment, {**options, name: [tuple(choice) for choice in tried]}, sorted(options))
    rows = np.moveaxis(truth, sorted(options).index(name), 0)
    place = {choice: index for index, choice in enumerate(tried)}
    return tuple(
        category
        for category in categories
        if any(
            not np.array_equal(rows[index], rows[place[choice - {category}]])
            for choice, index in place.items()
            if category in choice and choice - {category} in place
        )
    )


def _subsets(categories: Sequence[str]) -> list[tuple[str, ...]]:
    """Return every choice of categories, those with the first one first, so that it has an axis per category."""
    return [
        tuple(category for category, is_in in zip(categories, chosen, strict=True) if is_in)
        for chosen in product((True, False), repeat=len(categories))
    ]


def _evaluated(segment: Segment, options: Options, names: Sequence[str]) -> Truth:
    """Evaluate the rule for every combination of values, with an axis per column."""
    shape = [len(options[name]) for name in names]
    if prod(shape) > MAXIMUM_COMBINATIONS:
        raise RuleNotEnumerable(segment.code, "reads too many columns, or too much of a list")
    persons = pl.DataFrame({"": [0]})
    for name in names:
        persons = persons.join(pl.DataFrame({name: _series(options[name])}), how="cross")
    problem, holds = "", pl.Series()
    try:
        holds = persons.select(segment.rule.alias(""))[""]
    except pl.exceptions.PolarsError as error:
        problem = type(error).__name__
    if problem or holds.dtype != pl.Boolean or holds.null_count() or len(holds) != len(persons):
        raise RuleNotEnumerable(segment.code, "is not true or false for every combination of categories")
    return holds.to_numpy().reshape(shape)


def _series(values: Sequence[object]) -> pl.Series:
    is_list = isinstance(values[0], tuple)
    return pl.Series([list(value) for value in values], dtype=pl.List(pl.String)) if is_list else pl.Series(values)  # type: ignore[call-overload]
