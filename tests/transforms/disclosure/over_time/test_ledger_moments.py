"""Releases beside each other, worked out by hand: who came, who left, which count the same persons."""

from dataclasses import replace
from datetime import date
from itertools import product

import polars as pl
import pytest

from schemas.codes import Code, CodeList
from schemas.errors import DisclosureFailure
from schemas.profiles import STANDAARD
from schemas.specs import Dimension, Subtotal, TableSpec
from schemas.specs.fact import AtMost
from schemas.states import Released
from transforms.disclosure.model.interval import Interval
from transforms.disclosure.model.solver import CAP
from transforms.disclosure.model.system import build
from transforms.disclosure.over_time.changes import Bound, Change
from transforms.disclosure.over_time.history import History, Publication
from transforms.disclosure.over_time.over_time import Narrowed, audit_over_time, bounds_from_history, changes, compare
from transforms.disclosure.over_time.together import common, common_key, identity

NOTHING = Bound(0, 0)


def _dimension(name: str, values: str, *subtotals: str, multiple: bool = False) -> Dimension:
    codes = CodeList(id=name, codes=tuple(Code(code=value, label=value) for value in values), source="test")
    return Dimension(
        name=name,
        title=name,
        codes=codes,
        subtotals=tuple(Subtotal(code=s, label=s, parts=tuple(s)) for s in subtotals),
        multiple=multiple,
    )


A, B, M = _dimension("a", "xyz"), _dimension("b", "pq"), _dimension("m", "kl", multiple=True)


def _spec(*dimensions: Dimension, name: str = "T") -> TableSpec:
    return TableSpec(name, "", "", dimensions)


def _release(name: str, day: int | None, *cells: int | None, of: str = "", contains: str = "", spec=None):
    spec = spec or _spec(B)
    rows = list(product(*(dimension.levels for dimension in spec.dimensions)))
    frame = pl.DataFrame(rows, schema={one.name: pl.String for one in spec.dimensions}, orient="row")
    value = pl.Series("value", cells, dtype=pl.Int64)
    status = pl.Series("status", ["Q" if cell is None else "A" for cell in cells])
    low, high = value.fill_null(0).alias("low"), value.fill_null(int(CAP)).alias("high")
    peildatum = date(2024, 1, day) if day else None
    tables = (Released(frame.with_columns(value, status, low, high), spec),)
    return Publication(name, peildatum, of, tables, 10, frozenset(contains.split()))


def _told(found) -> dict[str, tuple[Bound, Bound]]:
    return {change.cell: (change.joined, change.left) for change in found}


def test_a_change_is_small_from_one_to_nine_by_either_model() -> None:
    for bound, is_proven, is_small in (
        (Bound(0, None), False, False),
        (Bound(0, 0), False, False),
        (Bound(0, 1), True, True),
        (Bound(1, None), True, True),
        (Bound(9, 20), True, True),
        (Bound(20, 9), True, True),
        (Bound(10, 10), True, False),
        (Bound(10, None), True, False),
    ):
        assert (bound.is_proven, bound.is_small(10)) == (is_proven, is_small)
        change = Change("r1", "r2", "T", "p", (), bound, NOTHING)
        assert change.is_small(10) == replace(change, joined=NOTHING, left=bound).is_small(10) == is_small


def test_who_came_and_who_left_by_each_model() -> None:
    """The total fell by 7; but nobody changes category, so that 5 came and 12 left."""
    first, second = _release("r1", 1, 20, 30, 50), _release("r2", 2, 25, 18, 43)
    wanted = {
        "p": (Bound(5, 5), NOTHING),
        "q": (NOTHING, Bound(12, 12)),
        "Totaal": (Bound(0, 5), Bound(7, 12)),
    }
    found = changes(first, second)
    assert _told(found) == wanted
    assert {(one.earlier, one.later, one.table) for one in found} == {("r1", "r2", "T")}
    # The same, whatever was published first; and nothing between two releases of the same persons.
    assert changes(second, first) == found
    assert changes(first, _release("r1 again", 1, 20, 30, 50)) == []
    assert _told(changes(_release("r1", None, 20, 30, 50), _release("r2", 2, 25, 18, 43))) == wanted
    assert changes(second, replace(first, peildatum=None))[0].earlier == "r2"
    assert changes(first, _release("r2", 2, 20, 30, 50)) == []


def test_what_is_hidden_proves_as_much_as_its_interval() -> None:
    spec = _spec(A)
    first = _release("r1", 1, None, None, 40, 60, spec=spec)  # x and y: 0 to 20
    second = _release("r2", 2, 25, 10, 30, 65, spec=spec)
    found = _told(changes(first, second))
    assert found["x"] == (Bound(5, 5), NOTHING)
    assert found["z"] == (NOTHING, Bound(10, 10))
    assert found["Totaal"] == (Bound(5, 15), Bound(0, 10))
    assert "y" not in found
    breaches = compare(second, History([first]), STANDAARD).breaches
    assert {one.cell for one in breaches} == {"x", "Totaal"}


def test_of_several_categories_only_cells_are_compared() -> None:
    spec = _spec(M)
    first, second = _release("r1", 1, 30, 40, 60, spec=spec), _release("r2", 2, 34, 40, 60, spec=spec)
    assert _told(changes(first, second)) == {"k": (Bound(4, None), Bound(0, None))}


def test_parts_of_one_whole_are_compared_within_it() -> None:
    """Together 140 of 150, so that 10 are in both, at least; by the whole nothing is known of each by itself."""
    one, other = _release("een", 1, 20, 50, 70, of="een"), _release("ander", 1, 30, 40, 70, of="ander")
    found = compare(_release("geheel", 1, 40, 80, 120), History([one, other]), STANDAARD)
    told = {(change.earlier, change.later, change.cell): (change.joined, change.left) for change in found.changes}
    parts = {cell: both for (first, second, cell), both in told.items() if (first, second) == ("een", "ander")}
    assert parts == {
        "p": (Bound(10, 10), NOTHING),
        "q": (NOTHING, Bound(10, 10)),
        "Totaal": (Bound(0, 10), Bound(0, 10)),
    }
    whole = {cell: both for (first, second, cell), both in told.items() if (first, second) == ("een", "geheel")}
    assert whole == {cell: (Bound(n, n), NOTHING) for cell, n in (("p", 20), ("q", 30), ("Totaal", 50))}
    assert found.pairs == 3
    assert found.breaches == ()
    assert found.solved > 0


def test_a_hidden_part_is_bounded_by_the_whole() -> None:
    spec = _spec(A)
    part = _release("deel", 1, None, None, 40, 70, of="deel", spec=spec)
    history = History([part])
    found = compare(_release("geheel", 1, 50, 60, 70, 180, spec=spec), history, STANDAARD)
    assert found.narrowed == ()
    whole = _release("geheel", 1, 5, 60, 70, 135, spec=spec)
    found = compare(whole, history, STANDAARD)
    assert found.narrowed == (
        Narrowed("deel", "T", "x", Interval(0, 5)),
        Narrowed("deel", "T", "y", Interval(25, 30)),
    )
    with pytest.raises(DisclosureFailure, match="2 suppressed counts are narrowly bounded"):
        audit_over_time(_release("geheel", 1, 9, 60, 60, 129, spec=spec), history, replace(STANDAARD, threshold=1))
    with pytest.raises(DisclosureFailure, match="fewer than 10 persons came or left, in 2 cells"):
        audit_over_time(_release("r2", 2, 5, 9, 14), History([_release("r1", 1, 5, 8, 13)]), STANDAARD)


def test_what_contains_what() -> None:
    small, middle = (
        _release("klein", 1, 20, 20, 40, of="k"),
        _release("midden", 2, 40, 40, 80, of="m", contains="klein"),
    )
    large = _release("groot", 3, 90, 90, 180, of="g", contains="midden")
    apart = _release("los", 3, 90, 90, 180, of="l")
    everybody = _release("allen", 3, 300, 300, 600)
    timeline = History([small, middle, large]).timeline(apart, everybody)
    place = {name: timeline.position(name) for name in ("klein", "midden", "groot", "los", "allen")}
    assert list(place.values()) == [0, 1, 2, 3, 4]
    assert timeline.edges == [(0, 1), (1, 2), (2, 4), (3, 4)]
    assert timeline.contains(4, 0)
    assert timeline.contains(2, 2)
    assert not timeline.contains(3, 0)
    assert not timeline.contains(0, 4)
    assert timeline.linked_moments(0) == timeline.linked_moments(3) == (0, 1, 2, 3, 4)
    alone = History([small]).timeline(apart)
    assert (alone.linked_moments(0), alone.edges) == ((0,), [])
    again = History([small, apart]).timeline(_release("klein", 1, 30, 20, 50, of="k"))
    assert [[one.release for one in moment] for moment in again.moments] == [["los"], ["klein"]]
    with pytest.raises(DisclosureFailure, match="not known here"):
        History([middle]).timeline()


def test_releases_of_the_same_persons_tell_the_narrower_of_two() -> None:
    spec = _spec(A)
    one, two = _release("r1", 1, None, None, 40, 60, spec=spec), _release("r2", 1, None, 20, 40, None, spec=spec)
    history = History([one, two])
    timeline = history.timeline()
    (stated,) = timeline.stated
    assert sorted(stated.values()) == [(0.0, CAP), (20.0, 20.0), (40.0, 40.0), (60.0, 60.0)]
    (earlier,) = bounds_from_history([spec], history)
    assert earlier.releases == ("r1", "r2")
    assert earlier.intervals == (Interval(0, 0), Interval(20, 20), Interval(40, 40), Interval(60, 60))
    # Together they show what each of them hides.
    with pytest.raises(DisclosureFailure, match="3 suppressed counts can be derived"):
        compare(two, History([one]), STANDAARD)


def test_earlier_intervals_are_those_of_the_new_tables() -> None:
    first = _release("r1", 1, None, None, 40, 60, spec=_spec(A))
    (earlier,) = bounds_from_history([_spec(A, B)], History([first]))
    assert (earlier.releases, earlier.peildatum, earlier.population) == (("r1",), date(2024, 1, 1), "")
    place = dict(zip(product(A.levels, B.levels), earlier.intervals, strict=True))
    assert place["x", "totaal"] == place["x", "p"] == Interval(0, 20)
    assert place["z", "p"] == Interval(0, 40)
    assert place["z", "totaal"] == Interval(40, 40)
    assert place["totaal", "totaal"] == Interval(60, 60)


def test_dimensions_are_the_same_by_name_and_categories() -> None:
    other_labels = Dimension(
        name="b",
        title="Anders",
        codes=CodeList(id="b", codes=(Code(code="q", label="Q"), Code(code="p", label="P")), source="x"),
    )
    assert identity(B) == identity(other_labels) == "b|one|p|q"
    assert identity(_dimension("b", "pq", multiple=True)) == "b|several|p|q"
    assert identity(_dimension("b", "pr")) != identity(B)
    assert len(common([_spec(B), _spec(other_labels, name="U")])) == 1
    (plain,) = common([_spec(_dimension("a", "xyz", "xy")), _spec(_dimension("a", "xyz", "yz"))])
    assert [subtotal.parts for subtotal in plain.dimensions[0].subtotals] == [("x", "y"), ("y", "z")]
    key = (("a", frozenset("x")), ("b", frozenset("p")))
    assert common_key(key, {"a": "z|one", "b": "b|one"}) == (("b|one", frozenset("p")), ("z|one", frozenset("x")))


def test_a_fact_about_all_categories_holds_in_every_version() -> None:
    in_any = AtMost(left=((("a", ("x",)),),), right=((("m", ("k", "l")),),))
    (plain,) = common([_spec(A, replace(M, facts=(in_any,)))])
    of_a, of_m = identity(A), identity(M)
    (renamed,) = next(dimension.facts for dimension in plain.dimensions if dimension.name == of_m)
    assert renamed == AtMost(left=(((of_a, ("x",)),),), right=(((of_m, ("k", "l")),),))


def test_a_population_of_all_categories_is_everybody() -> None:
    everybody = _dimension("a", "xyz", "xyz")
    of_a_part = _spec(_dimension("a", "xyz", "xy"))
    specs = common([TableSpec("T", "", "", (B,), ((everybody, "xyz"),)), of_a_part])
    keys = build(specs).keys
    assert ((identity(B), frozenset("p")),) in keys
    assert len(keys) == len(set(keys)) == 1 + 2 + 4


def test_the_whole_may_be_published_before_its_parts() -> None:
    spec = _spec(A)
    large = _release("groot", 3, 90, 90, 90, 270, of="g", contains="midden", spec=spec)
    small = _release("klein", 1, None, None, 40, 80, of="k", spec=spec)
    middle = _release("midden", 2, 25, 85, 80, 190, of="m", contains="klein", spec=spec)
    bounds = bounds_from_history([spec], History([large, small, middle]))
    assert [one.releases for one in bounds] == [("groot",), ("klein",), ("midden",)]
    assert bounds[1].intervals[:2] == (Interval(0, 25), Interval(15, 40))
    assert bounds[0].intervals[0] == Interval(90, 90)
