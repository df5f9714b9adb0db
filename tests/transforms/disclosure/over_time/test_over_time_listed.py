"""What a pair of releases proves, against every pair of files that can be behind them.

`_listed` shares no code with the product: it goes through every pair of files of persons that
gives the published tables.
"""

from collections.abc import Sequence
from itertools import chain, product
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.specs import TableSpec
from schemas.states import Released
from tests.builders.releases import (
    RELEASES,
    TINY,
    B,
    C,
    Persoon,
    cells_of,
    key_of,
    membership_of,
    never,
    publication_of,
    spec_of,
    tables_of,
    types_of,
)
from tests.oracles.listing import files_of
from transforms.disclosure.model.solver import CAP
from transforms.disclosure.over_time import history as knowledge
from transforms.disclosure.over_time.history import History
from transforms.disclosure.over_time.over_time import bounds_from_history, changes, compare


def _possible(tables: Sequence[Released], types: Sequence[Persoon], largest: int, base: int) -> np.ndarray:
    """Every file of at most so many persons that is less than a base from what is published."""
    files = np.vstack([files_of(persons, len(types)) for persons in range(largest + 1)])
    counts = files @ membership_of(types, [table.spec for table in tables])
    values = list(chain.from_iterable(table.frame["value"] for table in tables))
    fits = [np.abs(counts[:, cell] - value) < base for cell, value in enumerate(values) if value is not None]
    return files[np.all(fits, axis=0)]


def _listed(then, now, types: Sequence[Persoon], specs: Sequence[TableSpec], *, is_contained: bool) -> list[tuple]:
    """The fewest who joined each cell, and left it, by each model, over every pair of files."""
    s, t = (side.reshape(-1, len(types)) for side in np.broadcast_arrays(then[:, None], now[None]))
    fits = (s <= t).all(axis=1) | (not is_contained)
    s, t = s[fits], t[fits]
    assert s.size
    several = {name for name, value in types[0].items() if isinstance(value, frozenset)}
    fixed = [tuple((name, value) for name, value in one.items() if name not in several) for one in types]
    kinds = list(dict.fromkeys(fixed))
    together = np.array([[one == kind for kind in kinds] for one in fixed], dtype=int)
    found = []
    for cell, member in zip(cells_of(specs), membership_of(types, specs).T, strict=True):
        change = (t - s) @ member
        by_cell = (max(0, change.min()), max(0, (-change).min()))
        if is_contained:
            found.append((*by_cell, *by_cell))
        elif several & {name for name, _ in key_of(cell)}:
            found.append((*by_cell, None, None))
        else:
            moved = (t - s) @ (together * member[:, None])
            found.append((*by_cell, np.maximum(moved, 0).sum(1).min(), np.maximum(-moved, 0).sum(1).min()))
    return found


def _rounded(base: int):
    """What a release would state if its values were multiples of a base: the one function to replace."""
    exact = knowledge.stated

    def stated(system, tables, threshold):
        low, high = exact(system, tables, threshold)
        return np.maximum(0, low - (base - 1)), np.minimum(CAP, high + (base - 1))

    return patch.object(knowledge, "stated", stated)


def _draw_release(data: st.DataObject, types, specs, base: int, numbers: Sequence[int]) -> tuple[Released, ...]:
    counts = np.array(numbers) @ membership_of(types, specs)
    if base > 1:
        return tables_of([base * round(count / base) for count in counts], specs, never)
    hidden = {1, 2, *data.draw(st.sets(st.integers(0, 6)))} - {sum(numbers)}
    return tables_of(counts, specs, hidden.__contains__ if data.draw(st.booleans()) else never)


@pytest.mark.parametrize("name", RELEASES)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_every_pair_of_files_proves_the_same(name: str, data: st.DataObject) -> None:
    specs, types = RELEASES[name], types_of(RELEASES[name])
    size = 4 if len(types) > 6 else 5
    persons = st.lists(st.integers(0, len(types) - 1), min_size=1, max_size=size)
    then = np.bincount(data.draw(persons), minlength=len(types))
    is_contained = data.draw(st.booleans())
    more = data.draw(st.lists(st.integers(0, len(types) - 1), max_size=max(0, size - int(then.sum()))))
    now = then + np.bincount(more, minlength=len(types)) if is_contained else None
    now = np.bincount(data.draw(persons), minlength=len(types)) if now is None else now
    base = 1 if len(types) > 6 else data.draw(st.sampled_from([1, 1, 2]))
    first, second = (_draw_release(data, types, specs, base, numbers) for numbers in (then, now))
    earlier = publication_of("r1", 1, first)
    later = publication_of("r2", 2, second, contains="r1" if is_contained else "")
    with _rounded(base):
        found = {(change.table, change.cell): change for change in changes(earlier, later)}
    files = [_possible(tables, types, size + base, base) for tables in (first, second)]
    listed = _listed(*files, types, specs, is_contained=is_contained)
    labels = [
        (spec.id, ", ".join(dimension.label(level) for dimension, level in zip(spec.dimensions, levels, strict=True)))
        for spec in specs
        for levels in product(*(dimension.levels for dimension in spec.dimensions))
    ]
    for label, cell, (joined, left, joined_person, left_person) in zip(labels, cells_of(specs), listed, strict=True):
        if (change := found.get(label)) is not None and change.key == key_of(cell):
            assert (change.joined.cell, change.left.cell) == (joined, left), label
            assert (change.joined.person, change.left.person) == (joined_person, left_person), label
        elif key_of(cell) not in {change.key for change in found.values()}:
            assert not any((joined, left, joined_person, left_person)), label


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_three_files_that_contain_each_other_are_solved_together(data: st.DataObject) -> None:
    """A part, the whole, and a later release: the part tells about the whole, and so about the pair."""
    specs, types = (spec_of(B, C),), types_of((spec_of(B, C),))
    draw = st.lists(st.integers(0, 3), max_size=3)
    part = np.bincount(data.draw(draw), minlength=4)
    whole = part + np.bincount(data.draw(draw), minlength=4)
    other = np.bincount(data.draw(draw), minlength=4)
    hidden = data.draw(st.sets(st.integers(0, 6)))
    tables = [
        tables_of(n @ membership_of(types, specs), specs, (hidden - {n.sum()}).__contains__)
        for n in (part, whole, other)
    ]
    first = publication_of("deel", 1, tables[0], of="deel")
    second = publication_of("geheel", 1, tables[1])  # everybody on that day contains the part without saying so
    third = publication_of("later", 20, tables[2])
    files = [_possible(each, types, 6, 1) for each in tables]
    wholes = np.array([w for w in files[1] if any(np.all(p <= w) for p in files[0])])
    listed = _listed(wholes, files[2], types, specs, is_contained=False)
    found = compare(third, History([first, second]), TINY).changes
    found = {change.key: change for change in found if change.earlier == "geheel"}
    for cell, (joined, left, joined_person, left_person) in zip(cells_of(specs), listed, strict=True):
        change = found.get(key_of(cell))
        bounds = (change.joined.cell, change.left.cell, change.joined.person, change.left.person) if change else [0] * 4
        assert tuple(bounds) == (joined, left, joined_person, left_person)
    (before, *_) = bounds_from_history(specs, History([second, first]))
    ends = wholes @ membership_of(types, specs)
    intervals = dict(zip(map(key_of, cells_of(specs)), zip(ends.min(0), ends.max(0), strict=True), strict=True))
    assert [(one.low, one.high) for one in before.intervals] == list(intervals.values())
