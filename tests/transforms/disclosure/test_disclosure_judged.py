"""Tables that are not as declared, and releases that say or prove too much: each is refused by name."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import product

import numpy as np
import polars as pl
import pytest

from schemas.codes import Code, CodeList
from schemas.errors import DisclosureFailure, UnknownCategory
from schemas.profiles import STANDAARD
from schemas.specs import Dimension, DisclosureProfile, Method, TableSpec
from schemas.specs.public import PublicStatistic
from schemas.states import Counted, Released
from tests.builders.releases import dimension_of, spec_of
from transforms.disclosure import audit
from transforms.disclosure.counts.attack import Attack, is_narrow
from transforms.disclosure.counts.files import Files
from transforms.disclosure.counts.known import hidden_counts, stated_bounds
from transforms.disclosure.model.cells import published_values, require_status, true_counts
from transforms.disclosure.model.interval import Interval
from transforms.disclosure.model.solver import CAP
from transforms.disclosure.model.system import build
from transforms.disclosure.suppression.protect import with_intervals

OUTSIDER = replace(STANDAARD, pooled=0)


def _dimension(name: str, values: str) -> Dimension:
    return Dimension(
        name=name,
        title=name,
        codes=CodeList(id=name, codes=tuple(Code(code=value, label=value) for value in values), source="test"),
    )


A, B = _dimension("a", "xyz"), _dimension("b", "pq")


def _spec(*dimensions: Dimension, **disclosure: object) -> TableSpec:
    return TableSpec("T", "", "", dimensions, disclosure=DisclosureProfile(**disclosure))


ONE, ROUNDED = _spec(A), _spec(A, method=Method.ROUND)


def _frame(spec: TableSpec, **columns: Sequence[object]) -> pl.DataFrame:
    names = [dimension.name for dimension in spec.dimensions]
    rows = list(product(*(dimension.levels for dimension in spec.dimensions)))
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    types = {"status": pl.String}
    return frame.with_columns(pl.Series(name, one, types.get(name, pl.Int64)) for name, one in columns.items())


def _counted(spec: TableSpec, *aantal: int | None) -> Counted:
    return Counted(_frame(spec, aantal=aantal), spec)


def _released(spec: TableSpec, *cells: int | str | None) -> Released:
    """Numbers are shown, letters are a status without a value."""
    values = [cell if isinstance(cell, int) else None for cell in cells]
    status = ["A" if isinstance(cell, int) else cell for cell in cells]
    return Released(_frame(spec, value=values, status=status, low=values, high=values), spec)


def _stating(*released: Released) -> list[Released]:
    """The same with the intervals that follow from them."""
    return list(with_intervals(released, Attack(released, OUTSIDER)))


def test_a_count_is_there_and_not_negative() -> None:
    system = build([ONE])
    assert true_counts(system, [_counted(ONE, 1, 0, 3, 4)]) == [1, 0, 3, 4]
    for aantal in ((1, -1, 3, 3), (1, None, 3, 4)):
        with pytest.raises(DisclosureFailure, match="missing or negative"):
            true_counts(system, [_counted(ONE, *aantal)])
    with pytest.raises(DisclosureFailure, match="different values for the same count"):
        true_counts(build([ONE, ONE]), [_counted(ONE, 1, 0, 3, 4), _counted(ONE, 1, 0, 4, 5)])


def test_a_frame_is_exactly_its_declaration() -> None:
    system, frame = build([ONE]), _counted(ONE, 1, 0, 3, 4).frame
    columns = "does not have its declared columns"
    cells = "does not hold every declared cell once, in order"
    for changed, match in (
        (frame.with_columns(extra=1), columns),
        (frame.rename({"aantal": "count"}), columns),
        (frame.select("aantal", "a"), columns),
        (frame.cast({"aantal": pl.Int32}), columns),
        (frame[:-1], cells),
        (pl.concat([frame, frame[:1]]), cells),
        (frame[::-1], cells),
    ):
        with pytest.raises(DisclosureFailure, match=match):
            true_counts(system, [Counted(changed, ONE)])
    for level in ("w", None):
        other = pl.when(pl.col("a") == "x").then(pl.lit(level)).otherwise("a")
        with pytest.raises(UnknownCategory):
            true_counts(system, [Counted(frame.with_columns(a=other), ONE)])


def test_a_value_that_one_table_hides_is_the_value_of_the_other() -> None:
    hidden, shown = _released(ONE, "Q", 20, 30, 70), _released(ONE, 20, "Q", 30, 70)
    for tables in ([hidden, shown], [shown, hidden]):
        system = build([ONE, ONE])
        assert published_values(system, tables) == [20, 20, 30, 70]
        assert hidden_counts(system, tables) == [0, 1]


@pytest.mark.parametrize("cells", [(0, 10, 30, 40), ("Q", "Q", 30, 60)])
def test_a_status_goes_with_its_value(cells: tuple[int | str, ...]) -> None:
    require_status(_released(ONE, *cells), 10)


@pytest.mark.parametrize(
    ("spec", "cells", "match"),
    [
        (ONE, ("X", 20, 30, 60), "missing or unknown status"),
        (ONE, (None, 20, 30, 60), "missing or unknown status"),
        (ONE, ("N", 20, 30, 60), "missing or unknown status"),
        (ONE, ("A", 20, 30, 60), "contradicts its status"),
        (ONE, (1, 20, 30, 51), "below the threshold"),
        (ONE, (9, 20, 30, 59), "below the threshold"),
        (ROUNDED, ("A", 20, 30, 60), "contradicts its status"),
        (ROUNDED, ("X", 20, 30, 60), "missing or unknown status"),
        (ROUNDED, (0, 20, 30, 50), "not rounded"),
        (ROUNDED, (10, 21, 30, 60), "not rounded"),
    ],
)
def test_a_status_that_does_not_go_with_its_value_is_refused(spec, cells, match) -> None:
    with pytest.raises(DisclosureFailure, match=match):
        require_status(_released(spec, *cells), 10)


def test_a_value_that_should_not_be_there_is_refused() -> None:
    table = _released(ONE, 10, 20, 30, 60)
    frame = table.frame.with_columns(status=pl.Series(["Q", "A", "A", "A"]))
    with pytest.raises(DisclosureFailure, match="contradicts its status"):
        require_status(Released(frame, ONE), 10)
    require_status(_released(ROUNDED, "N", 10, "Q", 40), 10)


def test_what_a_release_states_of_a_count() -> None:
    def stated(*released: Released) -> list[tuple[float, float]]:
        system = build([table.spec for table in released])
        return list(zip(*(bound.tolist() for bound in stated_bounds(system, released, 10)), strict=True))

    assert stated(_released(ONE, "Q", 0, 30, 70)) == [(0, CAP), (0, 0), (30, 30), (70, 70)]
    rounded = _released(ROUNDED, "N", 10, 20, 30)
    assert stated(rounded) == [(0, 9), (1, 19), (11, 29), (21, 39)]
    both = _released(ONE, "Q", "Q", 25, "Q")
    assert stated(rounded, both) == stated(both, rounded) == [(0, 9), (1, 19), (25, 25), (21, 39)]
    with pytest.raises(DisclosureFailure, match="contradict"):
        stated(rounded, _released(ONE, "Q", "Q", 30, "Q"))
    five = _spec(B, method=Method.ROUND, base=5)
    with pytest.raises(DisclosureFailure, match="different bases"):
        stated(rounded, _released(five, 15, 15, 30))
    assert stated(_released(ROUNDED, "Q", 10, 20, 40))[0] == (0, 37)  # at most 49, less 1 and 11


SAFE = ("Q", "Q", 30, 60)


def test_a_safe_release_is_told_in_numbers() -> None:
    found = audit(_stating(_released(ONE, *SAFE)), OUTSIDER)
    assert (found.cells, found.suppressed, found.lowest_high, found.narrowest) == (4, 2, 30.0, 30.0)
    assert found.provably_small == 0
    assert found.solved >= 3  # where it began, and both ends
    nothing = audit(_stating(_released(ONE, 10, 20, 30, 60)), OUTSIDER)
    assert (nothing.suppressed, nothing.lowest_high, nothing.narrowest) == (0, None, None)
    shared = audit(_stating(_released(ONE, *SAFE), _released(ONE, *SAFE)), OUTSIDER)
    assert (shared.cells, shared.suppressed) == (8, 4)


def test_what_is_derived_small_or_narrow_is_refused() -> None:
    for cells, numbers in (
        (("Q", 20, 30, 55), "1 suppressed counts can be derived, 1 are provably small and 1 narrowly"),
        (("Q", "Q", 30, 39), "0 suppressed counts can be derived, 2 are provably small and 2 narrowly"),
        (("Q", 20, 30, 60), "1 suppressed counts can be derived, 0 are provably small and 1 narrowly"),
    ):
        with pytest.raises(DisclosureFailure, match=numbers):
            audit(_stating(_released(ONE, *cells)), OUTSIDER)
    audit(_stating(_released(ONE, "Q", "Q", 30, 40)), OUTSIDER)


def test_an_interval_is_narrow_below_ten() -> None:
    for low, high, expected in ((0, 9, True), (0, 10, False), (20, 29, True), (20, 30, False)):
        assert is_narrow(Interval(low, high), STANDAARD) == expected


@pytest.mark.parametrize(("column", "value"), [("low", 1), ("high", 29), ("high", 31), ("low", None), ("high", None)])
def test_a_release_states_the_intervals_that_follow_from_it(column: str, value: int | None) -> None:
    (table,) = _stating(_released(ONE, *SAFE))
    assert table.frame.select("low", "high").rows() == [(0, 30), (0, 30), (30, 30), (60, 60)]
    first = pl.when(pl.col("a") == "x").then(pl.lit(value, pl.Int64)).otherwise(column)
    with pytest.raises(DisclosureFailure, match="T states other intervals"):
        audit([Released(table.frame.with_columns(first.alias(column)), ONE)], OUTSIDER)


def test_all_but_a_few_persons_in_one_cell_are_refused() -> None:
    """Of persons with several categories the cells do not add up, so that nothing else is wrong here."""
    several = replace(_dimension("m", "kl"), multiple=True)
    spec = _spec(several)
    for total, is_few in ((50, False), (51, True), (59, True), (60, False)):
        released = _stating(_released(spec, 50, total, total))
        if is_few:
            with pytest.raises(DisclosureFailure, match="of 1 cells it can be proven that few persons"):
                audit(released, OUTSIDER)
        else:
            audit(released, OUTSIDER)


def _by_kind(*cells: int | str, zeros: bool = False) -> list[Released]:
    """Areas p and q, and both, by kind, which is sensitive."""
    kind = _dimension("kind", "klm")
    spec = _spec(B, kind, sensitive=(kind,), zeros=zeros)
    return _stating(_released(spec, *cells))


@pytest.mark.parametrize(
    ("rows", "zeros", "is_refused"),
    [
        (((90, 10, 0, 100), (20, 20, 20, 60)), False, True),  # 90 %, and nobody
        (((80, 10, 10, 100), (20, 20, 20, 60)), False, False),
        (((90, 10, 10, 110), (20, 20, 20, 60)), False, False),
        (((180, 10, 10, 200), (20, 20, 20, 60)), False, True),  # 90 %
        (((80, 20, 0, 100), (20, 20, 20, 60)), False, True),  # nobody
        (((0, 0, 0, 0), (20, 20, 20, 60)), False, False),  # nobody of nobody
        (((0, 0, 0, 0), (20, 20, 20, 60)), True, False),
        (((10, "Q", "Q", 30), (20, "Q", "Q", 60)), False, False),
        (((170, "Q", "Q", 188), (20, "Q", "Q", 60)), False, True),  # 90.4 %
    ],
)
def test_nearly_all_or_none_of_a_group_is_refused(rows, zeros, is_refused) -> None:
    columns = [[cell for cell in column if cell != "Q"] for column in zip(*rows, strict=True)]
    margin = [sum(column) if len(column) == len(rows) else "Q" for column in columns]
    if "Q" in margin:
        margin = [margin[0], 40, margin[3] - margin[0] - 40, margin[3]]
    released = _by_kind(*rows[0], *rows[1], *margin, zeros=zeros)
    if is_refused:
        with pytest.raises(DisclosureFailure, match=r"groups are provably \(nearly\) all, or none"):
            audit(released, OUTSIDER)
    else:
        audit(released, OUTSIDER)


def test_with_half_the_base_a_rounded_count_may_be_provably_small() -> None:
    fine = _spec(A, method=Method.ROUND, base=5)
    found = audit(_stating(_released(fine, "N", 15, 30, 50)), OUTSIDER)
    assert found.provably_small == 1  # it is rounded to 5, so that it is 1 to 9
    assert audit(_stating(_released(ROUNDED, "N", 20, 30, 50)), OUTSIDER).provably_small == 0


def test_who_is_in_a_small_cell_can_subtract_himself() -> None:
    """Two hidden cells with 10 persons: who is in one of them knows that the other has at most 9."""
    found = Attack(_stating(_released(ONE, "Q", "Q", 30, 40)), STANDAARD)
    assert found.intervals == {0: Interval(0, 10), 1: Interval(0, 10)}
    assert found.own_record([0]) == {0: Interval(1, 10), 1: Interval(0, 9)}
    assert [interval.width for interval in found.own_record([0, 1]).values()] == [9, 9]
    wide = Attack(_stating(_released(ONE, "Q", "Q", 30, 41)), STANDAARD)
    assert wide.own_record([0, 1]) == {}
    assert wide.interval_of(2) == Interval(30, 30)
    assert wide.interval(((3, 1), (0, -1))) == Interval(30, 41)


def test_a_difference_is_settled_only_by_files_that_fit() -> None:
    """Two hidden cells are 11 of 41 persons in every file that was kept, so that 30 to 41 are not in the first one."""
    found = Attack(_stating(_released(ONE, "Q", "Q", 30, 41)), STANDAARD)
    assert set(found.values_in_files(((0, 1), (1, 1), (3, -1)))) == {-30}
    assert {30, 41} <= set(found.values_in_files(((3, 1), (0, -1)))) <= set(range(30, 42))


def test_few_persons_outside_a_rounded_cell_are_refused() -> None:
    """A cell of 95, rounded to 5, is 91 to 99: of 100 persons that leaves 1 to 9, of 101 two to ten."""
    rounded = _released(_spec(A, method=Method.ROUND, base=5), 95, "N", "N", 100)
    audit(_stating(rounded, _released(_spec(B), 50, 51, 101)), OUTSIDER)
    with pytest.raises(DisclosureFailure, match="of 1 cells it can be proven that few persons"):
        audit(_stating(rounded, _released(_spec(B), 50, 50, 100)), OUTSIDER)


def test_a_file_is_within_bounds_if_every_count_is() -> None:
    files = Files(counts=2, hidden=1)
    for counts in ([1, 2], [1, 5], [5, 5]):
        files.add(np.array(counts, float), np.zeros(1))
    assert files.within(np.zeros(2), np.full(2, 4.0)).counts.tolist() == [[1, 2]]


@pytest.mark.parametrize(("margin", "small"), [(3, 0), (4, 1)])
def test_a_rounded_count_is_small_by_the_release_unless_a_figure_says_so(margin: int, small: int) -> None:
    """By the figure there are 3 to 9, or 2 to 10: only the table then says that there are fewer than ten."""
    figure = PublicStatistic(
        title="Naar a", source="verzonnen", peildatum=date(2019, 7, 1), spec=_spec(A), values=(6, None, None, None),
        margin=margin,
    )  # fmt: skip
    profile = replace(OUTSIDER, public=(figure,))
    released = [_released(_spec(A, method=Method.ROUND, base=5), "N", 15, 30, 50)]
    found = audit(with_intervals(released, Attack(released, profile)), profile)
    assert found.provably_small == small


def test_a_blank_count_is_as_high_as_whole_persons_make_it() -> None:
    """One person among x, y and p, one among y, z and q, one among x, z and r: of x, y and z he is half each, or one.

    So it is with the other six; with seven in w and v, ten persons in halves are at most nine in whole persons.
    """
    ones = ("xyp", "yzq", "xzr", "abd", "bce", "acf")
    many = dimension_of("a", "xyzpqrabcdefwv", *ones, "wv", "xyzabcw")
    spec = spec_of(many)
    released = _released(spec, *["Q"] * 14, *[1] * 6, 7, "Q", "Q")
    assert Attack([released], OUTSIDER).interval_of(21) == Interval(0, 9)


def test_no_more_files_are_kept_than_asked_and_the_oldest_goes_first() -> None:
    files = Files(counts=1, hidden=0, most=100)
    for number in range(150):
        files.add(np.array([float(number)]), np.zeros(0))
    assert sorted(files.counts[:, 0].tolist()) == [float(number) for number in range(50, 150)]
