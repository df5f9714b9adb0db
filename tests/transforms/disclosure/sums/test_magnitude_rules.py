"""What is demanded of sums, worked out by hand, and what of them is refused."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np
import polars as pl
import pytest

from schemas.codes import Code, CodeList
from schemas.errors import DisclosureFailure
from schemas.specs import Dimension, Subtotal, TableSpec
from schemas.specs.sums import OTHER
from schemas.states import Released, ReleasedSums, Summed
from transforms.disclosure.model.system import build
from transforms.disclosure.sums.magnitude import QUANTILES, allowed_quantiles, protect_sums, require_quantile
from transforms.disclosure.sums.magnitude_audit import (
    BOUNDED,
    UNBOUNDED,
    SumAttack,
    SumInterval,
    audit_sums,
    most_persons,
    scale_of,
)
from transforms.disclosure.sums.magnitude_rules import (
    Ledger,
    Line,
    Need,
    build_task,
    contains,
    is_remainder_sensitive,
    overlaps,
    part_of,
)


def _dimension(name: str, values: str, *subtotals: str, multiple: bool = False) -> Dimension:
    codes = CodeList(id=name, codes=tuple(Code(code=value, label=value) for value in values), source="test")
    return Dimension(
        name=name,
        title=name,
        codes=codes,
        subtotals=tuple(Subtotal(code=s, label=s, parts=tuple(s)) for s in subtotals),
        multiple=multiple,
    )


def _spec(*dimensions: Dimension) -> TableSpec:
    return TableSpec("T", "", "", dimensions)


A, B, NESTED = _dimension("a", "xyz"), _dimension("b", "pq"), _dimension("n", "wxyz", "wx", "wxy")
M = _dimension("m", "kl", multiple=True)


def _ledger(spec: TableSpec, *rows: Sequence[int]) -> Ledger:
    """Contributors, sum, largest and second largest per cell."""
    return Ledger(build([spec]), *np.array(rows, dtype=np.int64).T, OTHER, OTHER.contributors)


def _frame(spec: TableSpec, **columns: Sequence[object]) -> pl.DataFrame:
    rows = list(product(*(dimension.levels for dimension in spec.dimensions)))
    frame = pl.DataFrame(rows, schema={one.name: pl.String for one in spec.dimensions}, orient="row")
    types = {"status": pl.String}
    return frame.with_columns(pl.Series(name, one, types.get(name, pl.Int64)) for name, one in columns.items())


def _shown(spec: TableSpec, kind: type, *cells: int | None, high: Sequence[int] | None = None) -> Released:
    status = ["Q" if cell is None else "A" for cell in cells]
    bounds = {"low": cells, "high": high or cells} if kind is Released else {}
    return kind(_frame(spec, value=cells, status=status, **bounds), spec)


EVEN = ((20, 2000, 100, 100), (30, 3000, 100, 100), (50, 5005, 105, 100), (100, 10005, 105, 100))


def test_a_part_of_an_amount_is_rounded_up() -> None:
    assert [part_of(amount, 10) for amount in (0, 1, 10, 11, 100, 101)] == [0, 1, 1, 2, 10, 11]


def test_what_is_in_a_sum_and_what_can_be() -> None:
    x, xy, z = (("a", frozenset(parts)) for parts in ("x", "xy", "z"))
    p = ("b", frozenset("p"))
    assert contains((), (x,))
    assert contains((xy,), (x, p))
    assert not contains((x,), (xy,))
    assert not contains((x, p), (x,))
    assert overlaps((x,), (xy, p))
    assert overlaps((x,), (p,))
    assert not overlaps((xy, p), (z,))


def test_each_sum_stays_open_on_both_sides_by_its_share() -> None:
    spec = _spec(A)
    ledger = _ledger(spec, *EVEN)
    task = build_task([ledger], [spec], dict.fromkeys(ledger.system.keys, 200))
    amounts = (200, 300, 501, 1001)
    wanted = [Need(((count, sign),), amount, count) for count, amount in enumerate(amounts) for sign in (1, -1)]
    assert task.views[0].needs == wanted
    assert task.lines == [Line((0, 1, 2), (3,), (0, 1, 2))]
    assert (list(task.insiders), task.sensitive.any(), task.never.any()) == ([0, 1, 2], False, False)
    assert task.prices.tolist() == [3, 3, 3, 13]


def test_a_sum_of_nobody_could_be_an_average_contribution() -> None:
    spec = _spec(A)
    ledger = _ledger(spec, (0, 0, 0, 0), (40, 4000, 100, 100), (60, 6099, 199, 100), (100, 10099, 199, 100))
    persons = dict(zip(ledger.system.keys, (5, None, 60, 100), strict=True))
    task = build_task([ledger], [spec], persons)
    assert task.views[0].needs[0] == Need(((0, 1),), 100, 0)
    # Of five persons a sum of 0 would say that each of them has nothing.
    assert task.sensitive.tolist() == [True, True, False, False]
    assert task.never.tolist() == [False] * 4
    nobody = build_task([ledger], [spec], {**persons, ledger.system.keys[0]: 0})
    assert nobody.never.tolist() == [True, False, False, False]
    assert not nobody.sensitive[0]


def test_all_but_one_cell_stays_open_if_it_is_sensitive() -> None:
    """Without cell z 9 contributors are left: 4 and 5; without the others, more than enough."""
    spec = _spec(A)
    ledger = _ledger(spec, (4, 400, 100, 100), (5, 505, 105, 100), (91, 9100, 100, 100), (100, 10005, 105, 100))
    task = build_task([ledger], [spec], dict.fromkeys(ledger.system.keys, 200))
    rests = [need for need in task.views[0].needs if need.count is None]
    assert rests == [Need(((3, 1), (2, -1)), 91), Need(((3, -1), (2, 1)), 91)]
    assert task.sensitive.tolist() == [True, True, False, False]


def test_all_but_one_cell_stays_open_if_one_person_has_most_of_it() -> None:
    spec = _spec(A)
    ledger = _ledger(spec, (50, 5000, 100, 100), (15, 1500, 100, 100), (10, 2100, 2000, 12), (75, 8600, 2000, 100))
    task = build_task([ledger], [spec], dict.fromkeys(ledger.system.keys, 200))
    rests = {need.form: need.amount for need in task.views[0].needs if need.count is None}
    assert rests == {((3, sign), (0, -sign)): 360 for sign in (1, -1)}


def test_what_is_left_of_a_sum_is_judged_as_a_sum() -> None:
    ledger = _ledger(_spec(A), (5, 500, 100, 100), (5, 500, 100, 100), (90, 9000, 100, 100), (100, 10000, 100, 100))
    line = Line((0, 1, 2), (3,), (0, 1, 2))
    assert not is_remainder_sensitive(ledger, line, [0, 1])
    assert is_remainder_sensitive(ledger, line, [0])
    # Persons in several cells: by the total there are fewer than by the cells, so that ten may be five.
    fewer = replace(ledger, aantal=np.array([5, 5, 90, 99]))
    assert is_remainder_sensitive(fewer, line, [0, 1])
    twelve = replace(ledger, aantal=np.array([12, 5, 90, 99]))
    assert not is_remainder_sensitive(twelve, line, [0, 1])
    # The largest two of what is left may stand in one cell.
    ledger = _ledger(_spec(A), (6, 1000, 480, 480), (6, 60, 10, 10), (88, 880, 10, 10), (100, 1940, 480, 480))
    assert not is_remainder_sensitive(ledger, line, [0, 1])
    dominated = replace(ledger, grootste=np.array([540, 10, 10, 540]), tweede=np.array([420, 10, 10, 420]))
    assert is_remainder_sensitive(dominated, line, [0, 1])


def test_every_row_of_a_table_is_a_line_less_its_subtotals() -> None:
    spec = _spec(NESTED)  # w x y z, wx, wxy, everything: 0-3, 4, 5, 6
    ledger = _ledger(spec, *[(50, 5000, 100, 100)] * 6, (300, 30000, 100, 100))
    lines = build_task([ledger], [spec], dict.fromkeys(ledger.system.keys, 400)).lines
    everything, wx, wxy = (0, 1, 2, 3), (0, 1), (0, 1, 2)
    assert lines == [
        Line((0, 1, 2, 3), (6,), everything),
        Line((2, 3), (6, 4), everything),
        Line((3,), (6, 5), everything),
        Line((0, 1), (4,), wx),
        Line((0, 1, 2), (5,), wxy),
        Line((2,), (5, 4), wxy),
    ]
    table = _spec(B, M)
    keys = build([table]).keys
    ledger = _ledger(table, *[(50, 5000, 100, 100)] * 9)
    lines = build_task([ledger], [table], dict.fromkeys(keys, 400)).lines
    wanted = [Line((0, 3), (6,), (0, 3)), Line((1, 4), (7,), (1, 4)), Line((2, 5), (8,), (2, 5))]
    assert lines == wanted, "persons in several categories add up to no total"


def test_sums_need_counts_of_the_same_persons() -> None:
    spec = _spec(A)
    ledger = _ledger(spec, *EVEN)
    keys = ledger.system.keys
    build_task([ledger], [spec], dict(zip(keys, (20, 30, 50, 100), strict=True)))
    with pytest.raises(DisclosureFailure, match="needs the table of counts"):
        build_task([ledger], [spec], dict.fromkeys(keys[1:], 200))
    with pytest.raises(DisclosureFailure, match="more contributors than persons"):
        build_task([ledger], [spec], dict(zip(keys, (20, 29, 50, 100), strict=True)))
    with pytest.raises(DisclosureFailure, match="for any sum"):
        build_task([_ledger(spec, *EVEN[:3], (9, 900, 100, 100))], [spec], dict.fromkeys(keys, 200))


@pytest.mark.parametrize(
    "wrong",
    [
        (2, 2000, 100, 101),  # second larger than largest
        (20, 150, 100, 100),  # two contributions larger than the sum
        (0, 2000, 100, 100),
        (20, 0, 0, 0),
        (1, 2000, 100, 100),  # alone, with a second
        (20, 2000, 2000, 0),  # not alone, without
        (20, -1, 100, 100),
        (20, None, 100, 100),
    ],
)
def test_sums_that_no_persons_can_make_are_refused(wrong: tuple[int | None, ...]) -> None:
    spec = _spec(A)
    columns = ("aantal", "som", "grootste", "tweede")
    rows = list(zip(wrong, *EVEN[1:], strict=True))
    summed = Summed(_frame(spec, **dict(zip(columns, rows, strict=True))), spec)
    with pytest.raises(DisclosureFailure, match=r"contradict each other|missing or negative"):
        protect_sums([summed], [_shown(spec, Released, 200, 200, 200, 600)], OTHER)


def test_a_scale_is_the_smallest_power_of_two() -> None:
    assert [scale_of(largest, 4.0) for largest in (0, 1, 4, 5, 8, 9, 16, 17)] == [1, 1, 1, 2, 2, 4, 4, 8]
    assert (scale_of(2**17 + 1, BOUNDED), scale_of(2**17 + 1, UNBOUNDED)) == (2, 2048)


def test_the_most_persons_are_the_highest_that_a_published_count_can_be() -> None:
    spec = _spec(A)
    keys = build([spec]).keys
    one = _shown(spec, Released, 20, None, 30, 70, high=(29, 40, 39, 79))
    two = _shown(spec, Released, 20, None, None, 70, high=(25, 40, 99, 89))
    assert [most_persons([one, two])[key] for key in keys] == [25, None, 39, 79]
    assert [most_persons([two, one])[key] for key in keys] == [25, None, 39, 79]
    frame = one.frame.with_columns(status=pl.lit("A"))
    with pytest.raises(DisclosureFailure, match="contradicts its status"):
        most_persons([Released(frame, spec)])


def test_sums_are_bounded_by_each_other_and_by_nobody() -> None:
    spec = _spec(A)
    persons = dict(zip(build([spec]).keys, (20, 20, 0, 40), strict=True))
    found = SumAttack([_shown(spec, ReleasedSums, None, None, None, 1000)], persons)
    assert found.intervals == {0: SumInterval(0, 1000), 1: SumInterval(0, 1000), 2: SumInterval(0, 0)}
    assert found.values == [None, None, None, 1000]
    open_ = SumAttack([_shown(spec, ReleasedSums, 300, None, 0, None)], persons)
    assert open_.intervals == {1: SumInterval(0, None), 3: SumInterval(300, None)}
    large = SumAttack([_shown(spec, ReleasedSums, None, None, 0, 10**9 + 1)], persons)
    assert large.intervals[0].low == 0
    assert large.intervals[0].high == pytest.approx(10**9 + 1, abs=1)


def test_sums_are_judged_with_the_counts_beside_them() -> None:
    spec = _spec(A)
    counts = _shown(spec, Released, 20, 20, 20, 60)
    open_ = [_shown(spec, ReleasedSums, None, None, 500, 1500)]
    found = audit_sums(open_, [counts], OTHER)
    assert (found.cells, found.suppressed, found.narrowest_pct) == (4, 2, 100.0)
    assert audit_sums([_shown(spec, ReleasedSums, 500, 500, 500, 1500)], [counts], OTHER).narrowest_pct is None
    with pytest.raises(DisclosureFailure, match="estimated too well"):
        audit_sums([_shown(spec, ReleasedSums, None, 500, 500, 1500)], [counts], OTHER)
    shown = [_shown(spec, ReleasedSums, 500, 500, 500, 1500)]
    with pytest.raises(DisclosureFailure, match="whose number is not"):
        audit_sums(shown, [_shown(spec, Released, None, 20, 20, 60)], OTHER)
    audit_sums(shown, [_shown(spec, Released, 10, 20, 20, 50)], OTHER)
    with pytest.raises(DisclosureFailure, match="too few persons"):
        audit_sums(shown, [_shown(spec, Released, 9, 20, 20, 49)], OTHER)
    nothing = [_shown(spec, ReleasedSums, 0, 500, 500, 1000)]
    audit_sums(nothing, [_shown(spec, Released, 0, 20, 20, 40)], OTHER)
    with pytest.raises(DisclosureFailure, match="sum of 0"):
        audit_sums(nothing, [_shown(spec, Released, 20, 20, 20, 60)], OTHER)
    for status in ("X", None):
        frame = open_[0].frame.with_columns(status=pl.col("status").replace("Q", status))
        with pytest.raises(DisclosureFailure, match="missing or unknown status"):
            audit_sums([ReleasedSums(frame, spec)], [counts], OTHER)


def test_a_quantile_has_one_person_on_either_side_whatever_is_asked() -> None:
    assert allowed_quantiles(20, 1) == allowed_quantiles(20, 0) == QUANTILES
    assert allowed_quantiles(19, 0) == QUANTILES[1:-1]
    require_quantile(20, 5, 0)
    require_quantile(20, 95, 1)
    for persons, pct, threshold in ((19, 5, 0), (19, 95, 1), (20, 0, 0), (20, 100, 0), (39, 50, 20)):
        with pytest.raises(DisclosureFailure, match="on either side"):
            require_quantile(persons, pct, threshold)
    require_quantile(40, 50, 20)


def test_a_line_may_be_less_two_subtotals() -> None:
    spec = _spec(_dimension("n", "vwxyz", "vw", "xy"))  # 0-4, vw, xy, everything: 5-7
    ledger = _ledger(spec, *[(50, 5000, 100, 100)] * 7, (250, 25000, 100, 100))
    lines = build_task([ledger], [spec], dict.fromkeys(ledger.system.keys, 400)).lines
    assert [line.known for line in lines] == [(7,), (7, 5), (7, 6), (7, 5, 6), (5,), (6,)]
    assert lines[3] == Line((4,), (7, 5, 6), (0, 1, 2, 3, 4))


def test_who_is_in_several_cells_is_left_out_of_the_rest() -> None:
    """Nine of the twenty in x are in y or z as well, four and five: those are all that is left without x."""
    spec = _spec(_dimension("a", "xyz"))
    ledger = _ledger(spec, (20, 2000, 100, 100), (4, 400, 130, 100), (5, 500, 130, 125), (20, 2900, 230, 225))
    task = build_task([ledger], [spec], dict.fromkeys(ledger.system.keys, 20))
    rests = [need for need in task.views[0].needs if need.count is None]
    assert {Need(((3, sign), (0, -sign)), 90) for sign in (1, -1)} <= {*rests}


def test_a_rest_that_has_a_cell_of_enough_in_it_is_of_enough() -> None:
    """The same twenty are in x and in y: what is left without x is y, which is judged as a cell."""
    spec = _spec(_dimension("a", "xy"))
    ledger = _ledger(spec, (20, 2000, 100, 100), (20, 505, 30, 25), (20, 2505, 130, 125))
    task = build_task([ledger], [spec], dict.fromkeys(ledger.system.keys, 20))
    assert [need for need in task.views[0].needs if need.count is None] == []
