"""Facts about dimensions as relations between hidden cells.

Segments are made of the categories of other tables. An attacker reads their rules, so the attack uses what they imply
and other facts about dimensions (`schemas.implied`): a fact is one inequality between counts of
persons, wherever it can be expressed. For a rule that is a conjunction of categories these inequalities are
the Fréchet bounds given the margins; joint tables of its parts would tell more.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from schemas.segments import COUNTED_BY
from schemas.specs import Dimension
from schemas.specs.fact import AtMost, Count
from transforms.disclosure.model.joint import Grid, Key, Relation


def fact_relations(
    facts: Iterable[AtMost], dimensions: Mapping[str, Dimension], grids: Sequence[Grid]
) -> Iterator[Relation]:
    """Yield the facts that these grids can express.

    Args:
        dimensions: By name; a fact about another one is not used.
        grids: Hidden cells of all tables together.
    """
    # The order of rows changes how long a search takes, not what can be proven: this one took half the work of the
    # next best that was tried on the demo file.
    latest_first = list(dict.fromkeys(facts))
    latest_first.reverse()
    for fact in sorted(latest_first, key=_most_segments_first):
        smaller, larger = (_columns_of_sum(side, dimensions, grids) for side in (fact.left, fact.right))
        if smaller is not None and larger is not None:
            terms = Counter(smaller)
            terms.subtract(larger)
            yield Relation(tuple((column, times) for column, times in sorted(terms.items()) if times), exact=False)


def _most_segments_first(fact: AtMost) -> int:
    """Return a sort key of a fact: minus the segment categories in it, so that two rules together come first."""
    return -len({part for count in (*fact.left, *fact.right) for part in count if part[0] in COUNTED_BY})


def key_of(count: Count) -> Key:
    """Return a declared count as the system names it."""
    return tuple(sorted(((name, frozenset(categories)) for name, categories in count), key=lambda item: item[0]))


def _columns_of_sum(
    counts: Sequence[Count], dimensions: Mapping[str, Dimension], grids: Sequence[Grid]
) -> list[int] | None:
    """Return the hidden columns of a sum of counts; None if one of them cannot be expressed."""
    hidden: list[int] = []
    for count in counts:
        columns = _columns_of_count(count, dimensions, grids)
        if columns is None:
            return None
        hidden.extend(columns)
    return hidden


def _columns_of_count(count: Count, dimensions: Mapping[str, Dimension], grids: Sequence[Grid]) -> list[int] | None:
    """Return the columns of the smallest grid that counts exactly these persons; None if no grid does."""
    key = key_of(count)
    parts = dict(key)
    able = [grid for grid in grids if parts.keys() <= grid.names and _is_sum_of_atoms(grid, parts, dimensions)]
    if not able:
        return None
    return min(able, key=lambda grid: grid.size).columns(key)


def _is_sum_of_atoms(grid: Grid, parts: Mapping[str, frozenset[str]], dimensions: Mapping[str, Dimension]) -> bool:
    """Return whether the atoms of every axis add up to the wanted categories.

    A grid may count a part of the persons only.
    """
    for axis in grid.axes:
        categories = parts.get(axis.name)
        if axis.whole:
            if categories not in axis.atoms:
                return False
            continue
        everything = frozenset(dimensions[axis.name].everything)
        picked = frozenset().union(*(axis.atoms[place] for place in axis.picks(categories)))
        if picked != (everything if categories is None else categories):
            return False
    return True
