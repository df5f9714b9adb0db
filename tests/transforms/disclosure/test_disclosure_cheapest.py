"""Every pattern that costs less than ours is tried: none of them passes the audit."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, product

import numpy as np
import polars as pl
import pytest

from schemas.codes import Code, CodeList
from schemas.errors import DisclosureFailure
from schemas.profiles import STANDAARD
from schemas.specs import Dimension, DisclosureProfile, TableSpec
from schemas.states import Counted, Released
from transforms.disclosure import audit, protect
from transforms.disclosure.counts.attack import Attack
from transforms.disclosure.suppression.protect import with_intervals

OUTSIDER = replace(STANDAARD, pooled=0)


def _table(cells: Sequence[object], *, group_disclosure: bool = False) -> Counted:
    """Counts of the cells inside, with margins added; the last dimension may be sensitive."""
    inner = np.array(cells)
    dimensions = []
    for name, size in zip("ab", inner.shape, strict=False):
        codes = CodeList(
            id=name, codes=tuple(Code(code=f"{name}{value}", label="") for value in range(size)), source="test"
        )
        dimensions.append(Dimension(name=name, title=name, codes=codes))
    for axis in range(inner.ndim):
        inner = np.concatenate([inner, inner.sum(axis=axis, keepdims=True)], axis=axis)
    rows = list(product(*(dimension.levels for dimension in dimensions)))
    frame = pl.DataFrame(rows, schema={one.name: pl.String for one in dimensions}, orient="row")
    profile = DisclosureProfile(sensitive=(dimensions[-1],) if group_disclosure else ())
    spec = TableSpec("T", "", "", tuple(dimensions), disclosure=profile)
    return Counted(frame.with_columns(aantal=pl.Series(inner.ravel(), dtype=pl.Int64)), spec)


def _is_safe(counted: Counted, hidden: Sequence[int]) -> bool:
    rows = pl.int_range(pl.len())
    value = pl.when(~rows.is_in(list(hidden))).then("aantal")
    status = pl.when(rows.is_in(list(hidden))).then(pl.lit("Q")).otherwise(pl.lit("A"))
    frame = counted.frame.select(pl.exclude("aantal"), value=value, status=status, low=value, high=value)
    released = [Released(frame, counted.spec)]
    try:
        audit(with_intervals(released, Attack(released, OUTSIDER)), OUTSIDER)
    except DisclosureFailure:
        return False
    return True


def _costs(counted: Counted) -> list[int]:
    """A total by one dimension is three times as dear."""
    names = [dimension.name for dimension in counted.spec.dimensions]
    return [3 if sum(level != "totaal" for level in row) <= 1 else 1 for row in counted.frame.select(names).iter_rows()]


TABLES = {
    "one small": (_table([4, 30, 20, 40, 50]), 6),
    "two small, together enough": (_table([4, 9, 20, 40, 50]), 6),
    "two small, together too few": (_table([4, 3, 20, 40, 50]), 9),
    "one small beside an empty one": (_table([4, 0, 20, 40, 50]), 6),
    "small in a corner": (_table([[3, 20, 30], [25, 40, 50]]), 4),
    "two in a row": (_table([[3, 8, 30], [25, 40, 50]]), 4),
    "two in a diagonal": (_table([[3, 20, 30], [25, 4, 50]]), 4),
    "a small margin": (_table([[3, 2, 4], [25, 40, 50]]), None),
    "few but one cell": (_table([[90, 2], [2, 1]]), None),
    "a group": (_table([[95, 5], [20, 30]], group_disclosure=True), None),
    "nobody of a group": (_table([[0, 45, 20], [20, 30, 40]], group_disclosure=True), None),
}


@pytest.mark.parametrize("name", TABLES)
def test_no_cheaper_pattern_is_safe(name: str) -> None:
    counted, expected = TABLES[name]
    costs, aantal = _costs(counted), counted.frame["aantal"].to_list()
    found = protect([counted], OUTSIDER)
    hidden = [row for row, status in enumerate(found.released[0].frame["status"]) if status == "Q"]
    total = sum(costs[row] for row in hidden)
    assert (found.suppression.cost, found.suppression.bound, found.suppression.status) == (total, total, "optimal")
    assert expected in {None, total}
    assert _is_safe(counted, hidden)
    small = [row for row, count in enumerate(aantal) if 1 <= count < 10]
    others = [row for row in range(len(aantal) - 1) if row not in small]
    room = total - sum(costs[row] for row in small)
    for size in range(room):
        for more in combinations(others, size):
            if sum(costs[row] for row in more) < room:
                assert not _is_safe(counted, [*small, *more]), f"{name}: {small} and {more}"
