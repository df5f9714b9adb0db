"""Releases against each other: what they prove together about who came and who left.

The auditors here share no code with the product. `_listed` goes through every pair of files of
persons that gives the published tables; `_solved` is a linear program over the full joint of
all dimensions, one column per kind of person who stayed, left or joined.
"""

import json
import math
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, combinations, pairwise, product
from pathlib import Path
from unittest.mock import patch

import highspy
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.ledger import HEAD, LEDGER, Head, append, head, read
from schemas.codes import Code, CodeList
from schemas.errors import DisclosureFailure, LedgerDamaged, LedgerUnknown, ReleasesDiffer
from schemas.profiles import STANDAARD
from schemas.specs import Dimension, DisclosureProfile, Subtotal, TableSpec, Weight
from schemas.states import Released
from schemas.tables import TABLES
from schemas.tables.dimensions import LEEFTIJDSKLASSE, PRODUCTCATEGORIE, REGELING, TREDE
from transforms.disclosure import history as knowledge
from transforms.disclosure.history import History, Publication
from transforms.disclosure.over_time import audit_over_time, bounds_from_history, changes, compare
from transforms.disclosure.solver import CAP

TINY = replace(STANDAARD, threshold=3, minimum_width=3)

Persoon = dict[str, str | frozenset[str]]


def _dimension(name: str, values: str, *subtotals: str, multiple: bool = False) -> Dimension:
    codes = CodeList(name, tuple(Code(value, value) for value in values), "test")
    return Dimension(name, name, codes, tuple(Subtotal(s, s, tuple(s)) for s in subtotals), multiple)


A, B, C = _dimension("a", "xyz", "xy", "yz"), _dimension("b", "pq"), _dimension("c", "uv")
M = _dimension("m", "kl", multiple=True)


def _spec(*dimensions: Dimension, name: str = "T", population: tuple[tuple[Dimension, str], ...] = ()) -> TableSpec:
    return TableSpec(name, "", "", dimensions, population)


RELEASES: dict[str, tuple[TableSpec, ...]] = {
    "one-way": (_spec(A),),
    "two-way": (_spec(A, B),),
    "linked pair": (_spec(A, B), _spec(C, B)),
    "ring of three": (_spec(A, B), _spec(B, C), _spec(C, A)),
    "several categories per person": (_spec(A), _spec(M, population=((A, "yz"),))),
    "several categories by another dimension": (_spec(B, M),),
}


def _is_in(persoon: Persoon, dimension: Dimension, level: str) -> bool:
    value = persoon[dimension.name]
    return not set(dimension.parts(level)).isdisjoint(value if isinstance(value, frozenset) else {value})


def _cells(specs: Sequence[TableSpec]) -> list[tuple[tuple[Dimension, str], ...]]:
    return [
        (*zip(spec.dimensions, levels, strict=True), *spec.population)
        for spec in specs
        for levels in product(*(dimension.levels for dimension in spec.dimensions))
    ]


def _membership(types: Sequence[Persoon], specs: Sequence[TableSpec]) -> np.ndarray:
    """Row per type of person, column per cell of all tables: whether it counts there."""
    return np.array([[all(_is_in(one, *pair) for pair in cell) for cell in _cells(specs)] for one in types], dtype=int)


def _types(specs: Sequence[TableSpec]) -> list[Persoon]:
    """Every kind of person that the tables could count."""
    dimensions = dict.fromkeys(d for spec in specs for d in (*spec.dimensions, *(d for d, _ in spec.population)))
    values: list[Sequence[str | frozenset[str]]] = []
    for dimension in dimensions:
        codes = dimension.codes.values
        sets = chain.from_iterable(combinations(codes, size) for size in range(1, len(codes) + 1))
        values.append([frozenset(chosen) for chosen in sets] if dimension.multiple else codes)
    return [dict(zip((d.name for d in dimensions), row, strict=True)) for row in product(*values)]


def _tables(counts: Sequence[int], specs: Sequence[TableSpec], hide: Callable[[int], bool]) -> tuple[Released, ...]:
    """Tables that show these counts, cell after cell, but for those that are hidden."""
    values = iter([None if hide(int(count)) else int(count) for count in counts])
    return tuple(_table(spec, values) for spec in specs)


def _table(spec: TableSpec, values: Iterator[int | None]) -> Released:
    names = [dimension.name for dimension in spec.dimensions]
    rows = [(*levels, next(values)) for levels in product(*(dimension.levels for dimension in spec.dimensions))]
    frame = pl.DataFrame(rows, schema={**dict.fromkeys(names, pl.String), "value": pl.Int64}, orient="row")
    status = pl.when(pl.col("value").is_null()).then(pl.lit("Q")).otherwise(pl.lit("A"))
    low, high = pl.col("value").fill_null(0), pl.col("value").fill_null(int(CAP))
    return Released(frame.with_columns(status=status, low=low, high=high), spec)


def _never(_: int) -> bool:
    return False


def _small(count: int) -> bool:
    return 1 <= count < STANDAARD.threshold


def _published(name: str, day: int | None, tables: tuple[Released, ...], *, of: str = "", contains: str = ""):
    peildatum = date(2024, 1, day) if day else None
    return Publication(name, peildatum, of, tables, 10, frozenset(contains.split()))


# --- tiny tables, against every pair of files -------------------------------------------------


def _files(persons: int, types: int) -> np.ndarray:
    """Every way to divide persons over types."""
    bars = combinations(range(persons + types - 1), types - 1)
    return np.array([[b - a - 1 for a, b in pairwise((-1, *chosen, persons + types - 1))] for chosen in bars])


def _possible(tables: Sequence[Released], types: Sequence[Persoon], largest: int, base: int) -> np.ndarray:
    """Every file of at most so many persons that is less than a base from what is published."""
    files = np.vstack([_files(persons, len(types)) for persons in range(largest + 1)])
    counts = files @ _membership(types, [table.spec for table in tables])
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
    for cell, member in zip(_cells(specs), _membership(types, specs).T, strict=True):
        change = (t - s) @ member
        by_cell = (max(0, change.min()), max(0, (-change).min()))
        if is_contained:
            found.append((*by_cell, *by_cell))
        elif several & {name for name, _ in _key(cell)}:
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
    counts = np.array(numbers) @ _membership(types, specs)
    if base > 1:
        return _tables([base * round(count / base) for count in counts], specs, _never)
    hidden = {1, 2, *data.draw(st.sets(st.integers(0, 6)))} - {sum(numbers)}
    return _tables(counts, specs, hidden.__contains__ if data.draw(st.booleans()) else _never)


@pytest.mark.parametrize("name", RELEASES)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_every_pair_of_files_proves_the_same(name: str, data: st.DataObject) -> None:
    specs, types = RELEASES[name], _types(RELEASES[name])
    size = 4 if len(types) > 6 else 5
    persons = st.lists(st.integers(0, len(types) - 1), min_size=1, max_size=size)
    then = np.bincount(data.draw(persons), minlength=len(types))
    is_contained = data.draw(st.booleans())
    more = data.draw(st.lists(st.integers(0, len(types) - 1), max_size=max(0, size - int(then.sum()))))
    now = then + np.bincount(more, minlength=len(types)) if is_contained else None
    now = np.bincount(data.draw(persons), minlength=len(types)) if now is None else now
    base = 1 if len(types) > 6 else data.draw(st.sampled_from([1, 1, 2]))
    first, second = (_draw_release(data, types, specs, base, numbers) for numbers in (then, now))
    earlier = _published("r1", 1, first)
    later = _published("r2", 2, second, contains="r1" if is_contained else "")
    with _rounded(base):
        found = {(change.table, change.cell): change for change in changes(earlier, later)}
    files = [_possible(tables, types, size + base, base) for tables in (first, second)]
    listed = _listed(*files, types, specs, is_contained=is_contained)
    labels = [
        (spec.id, ", ".join(dimension.label(level) for dimension, level in zip(spec.dimensions, levels, strict=True)))
        for spec in specs
        for levels in product(*(dimension.levels for dimension in spec.dimensions))
    ]
    for label, cell, (joined, left, joined_person, left_person) in zip(labels, _cells(specs), listed, strict=True):
        if (change := found.get(label)) is not None and change.key == _key(cell):
            assert (change.joined.cell, change.left.cell) == (joined, left), label
            assert (change.joined.person, change.left.person) == (joined_person, left_person), label
        elif _key(cell) not in {change.key for change in found.values()}:
            assert not any((joined, left, joined_person, left_person)), label


def _key(cell: Sequence[tuple[Dimension, str]]) -> tuple:
    """The count of a cell, as `System.keys` writes it."""
    parts: dict[str, frozenset[str]] = {}
    for dimension, level in cell:
        everything = frozenset(dimension.codes.values)
        parts[dimension.name] = parts.get(dimension.name, everything) & frozenset(dimension.parts(level))
        if parts[dimension.name] == everything:
            del parts[dimension.name]
    return tuple(sorted(parts.items()))


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_three_files_that_contain_each_other_are_solved_together(data: st.DataObject) -> None:
    """A part, the whole, and a later release: the part tells about the whole, and so about the pair."""
    specs, types = (_spec(B, C),), _types((_spec(B, C),))
    draw = st.lists(st.integers(0, 3), max_size=3)
    part = np.bincount(data.draw(draw), minlength=4)
    whole = part + np.bincount(data.draw(draw), minlength=4)
    other = np.bincount(data.draw(draw), minlength=4)
    hidden = data.draw(st.sets(st.integers(0, 6)))
    tables = [
        _tables(n @ _membership(types, specs), specs, (hidden - {n.sum()}).__contains__) for n in (part, whole, other)
    ]
    first = _published("deel", 1, tables[0], of="deel")
    second = _published("geheel", 1, tables[1])  # everybody on that day contains the part without saying so
    third = _published("later", 20, tables[2])
    files = [_possible(each, types, 6, 1) for each in tables]
    wholes = np.array([w for w in files[1] if any(np.all(p <= w) for p in files[0])])
    listed = _listed(wholes, files[2], types, specs, is_contained=False)
    found = compare(third, History([first, second]), TINY).changes
    found = {change.key: change for change in found if change.earlier == "geheel"}
    for cell, (joined, left, joined_person, left_person) in zip(_cells(specs), listed, strict=True):
        change = found.get(_key(cell))
        bounds = (change.joined.cell, change.left.cell, change.joined.person, change.left.person) if change else [0] * 4
        assert tuple(bounds) == (joined, left, joined_person, left_person)
    (before, *_) = bounds_from_history(specs, History([second, first]))
    ends = wholes @ _membership(types, specs)
    intervals = dict(zip(map(_key, _cells(specs)), zip(ends.min(0), ends.max(0), strict=True), strict=True))
    assert [(one.low, one.high) for one in before.intervals] == list(intervals.values())


# --- a municipality, month after month --------------------------------------------------------

MUNICIPALITY = (
    _spec(LEEFTIJDSKLASSE, REGELING, name="T02"),
    _spec(TREDE, REGELING, name="T03"),
    _spec(PRODUCTCATEGORIE, name="T05", population=((REGELING, "wmo_totaal"),)),
)


def _person(rng: np.random.Generator) -> Persoon:
    persoon: Persoon = {
        "leeftijdsklasse": str(rng.choice(LEEFTIJDSKLASSE.codes.values)),
        "regeling": str(rng.choice(REGELING.codes.values, p=[0.6, 0.1, 0.3])),
        "trede": str(rng.choice(TREDE.codes.values)),
    }
    soorten = rng.choice(PRODUCTCATEGORIE.codes.values[:8], rng.integers(1, 3), replace=False)
    return persoon | {
        "productcategorie": frozenset(map(str, soorten)) if persoon["regeling"] != "pwet" else frozenset()
    }


def _months(number: int, seed: int = 1) -> list[list[Persoon]]:
    """430 residents; every month three leave and four come."""
    rng = np.random.default_rng(seed)
    months = [[_person(rng) for _ in range(430)]]
    for _ in range(number - 1):
        stayed = [months[-1][place] for place in sorted(rng.permutation(len(months[-1]))[3:])]
        months.append([*stayed, *(_person(rng) for _ in range(4))])
    return months


def _monthly(personen: Sequence[Persoon], month: int, hide: Callable[[int], bool] = _never, specs=MUNICIPALITY):
    counts = _membership(personen, specs).sum(axis=0)
    return Publication(f"m{month:02}", date(2024, month, 1), "", _tables(counts, specs, hide), 10)


def _solved(earlier: Publication, later: Publication, specs: Sequence[TableSpec]) -> dict[tuple, tuple[int, int]]:
    """The fewest who joined, and left, each cell, if nobody changes category: a linear program over the full joint."""
    types = _types(specs)
    member = _membership(types, specs)
    solver = highspy.Highs()
    solver.silent()
    stayed, left, joined = ([solver.addVariable(lb=0, ub=1e6) for _ in types] for _ in range(3))
    for publication, moved in ((earlier, left), (later, joined)):
        values = chain.from_iterable(table.frame["value"] for table in publication.tables if table.spec in specs)
        for column, value in zip(member.T, values, strict=True):
            if value is not None:
                persons = (s + m for s, m, one in zip(stayed, moved, column, strict=True) if one)
                solver.addConstr(solver.qsum(persons) == value)
    found = {}
    for cell, column in zip(_cells(specs), member.T, strict=True):
        ends = []
        for moved in (joined, left):
            solver.minimize(solver.qsum(m for m, one in zip(moved, column, strict=True) if one))
            assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
            ends.append(math.ceil(solver.getObjectiveValue() - 1e-5))
        found[_key(cell)] = tuple(ends)
    return found


def _require_as_solved(earlier: Publication, later: Publication) -> int:
    """Our bounds are those of the auditor; returns on how many cells something small is proven."""
    specs = MUNICIPALITY[:2]
    kept = [replace(one, tables=tuple(t for t in one.tables if t.spec in specs)) for one in (earlier, later)]
    ours = {change.key: (change.joined.person, change.left.person) for change in changes(*kept)}
    theirs = _solved(*kept, specs)
    assert {key: ends for key, ends in theirs.items() if any(ends)} == {k: e for k, e in ours.items() if any(e)}
    return sum(any(1 <= end < STANDAARD.threshold for end in ends) for ends in theirs.values())


def test_two_releases_a_month_apart() -> None:
    first, second = (_monthly(personen, month) for month, personen in enumerate(_months(2), start=1))
    found = compare(second, History([first]), STANDAARD)
    assert len(found.breaches) >= 10
    assert {change.table for change in found.breaches} == {"T02", "T03", "T05"}
    assert 0 < _require_as_solved(first, second) <= len(found.breaches)
    with pytest.raises(DisclosureFailure, match="came or left"):
        audit_over_time(second, History([first]), STANDAARD)
    # Nor is hiding what is small enough, as each release by itself would.
    hidden = [_monthly(personen, month, _small) for month, personen in enumerate(_months(2), start=1)]
    assert compare(hidden[1], History(hidden[:1]), STANDAARD).breaches
    assert _require_as_solved(*hidden) > 0


def test_twelve_releases_in_a_row(tmp_path: Path) -> None:
    """Every new release against all earlier ones, as the ledger kept them."""
    breaches, carried = 0, 0
    months = [_monthly(personen, month) for month, personen in enumerate(_months(12), start=1)]
    history = History(months[:-1])
    for release in months:
        found = compare(release, History(read(tmp_path)), STANDAARD)
        breaches += len(found.breaches)
        assert found.pairs == int(release.release[1:]) - 1
        append(tmp_path, release)
    assert breaches > 400
    assert compare(months[-1], history, STANDAARD).changes == found.changes
    assert _require_as_solved(months[0], months[-1]) > 0
    # A release that carries the values of the first forward tells nothing new.
    for month in range(2, 13):
        same = replace(months[0], release=f"zelfde-{month}", peildatum=date(2024, month, 15))
        carried += len(compare(same, History(months[:1]), STANDAARD).changes)
    assert carried == 0


def test_carrying_values_forward_twelve_times_passes() -> None:
    first = _monthly(_months(1)[0], 1, _small)
    releases = [replace(first, release=f"r{month}", peildatum=date(2024, month, 1)) for month in range(1, 13)]
    history = History(releases[:-1])
    found = audit_over_time(releases[-1], history, STANDAARD)
    assert (found.pairs, found.changes, found.narrowed) == (11, (), ())


def test_a_change_of_threshold_persons_is_told_and_is_no_breach() -> None:
    types, specs = _types([_spec(B)]), [_spec(B)]
    many = [_tables(np.array(n) @ _membership(types, specs), specs, _never) for n in ([20, 30], [20, 40], [29, 30])]
    first, ten, nine = (_published(f"r{day}", day, tables) for day, tables in enumerate(many, start=1))
    found = audit_over_time(ten, History([first]), STANDAARD)
    assert [(one.cell, one.joined.cell, one.left.cell) for one in found.changes] == [("q", 10, 0), ("Totaal", 10, 0)]
    assert len(compare(nine, History([first]), STANDAARD).breaches) == 2


# --- the same persons, parts, and other versions ----------------------------------------------


def test_releases_of_one_population_and_peildatum_are_one_release() -> None:
    specs = [_spec(B, name="T1"), _spec(B, C, name="T2")]
    types = _types(specs)
    counts = np.array([4, 20, 30, 40]) @ _membership(types, specs)
    first = _tables(counts[:3], specs[:1], _never)
    second = _tables(counts[3:], specs[1:], {4, 20, 34, 60}.__contains__)
    careless = _tables(counts[3:], specs[1:], {4}.__contains__)
    one, other = _published("r1", 1, first), _published("r2", 1, second)
    assert compare(other, History([one]), STANDAARD).pairs == 0
    for tables in (careless, _tables(counts[3:] + 1, specs[1:], _small)):
        with pytest.raises(DisclosureFailure):
            compare(_published("r2", 1, tables), History([one]), STANDAARD)
    # Once more the same tables; and the next month both are one earlier moment.
    assert compare(_published("r3", 1, first), History([one]), STANDAARD).changes == ()
    found = compare(_published("r4", 2, _tables([25, 70, 95], specs[:1], _never)), History([one, other]), STANDAARD)
    assert {change.earlier for change in found.breaches} == {"r1 + r2"}
    # Without a peildatum nobody knows whether they are the same persons.
    assert compare(_published("r6", None, first), History([_published("r5", None, first)]), STANDAARD).pairs == 1


def test_a_part_first_and_the_whole_later() -> None:
    specs = [_spec(A, B)]
    types = _types(specs)
    part, rest = np.array([20, 30, 40, 25, 35, 45]), np.array([0, 12, 4, 11, 0, 30])

    def release(numbers, name: str, hide=_never, **known: str) -> Publication:
        return _published(name, 1, _tables(numbers @ _membership(types, specs), specs, hide), **known)

    first = release(part, "deel", of="wijk")
    found = compare(release(part + rest, "geheel", contains="deel"), History([first]), STANDAARD)
    assert {change.joined.person for change in found.breaches} == {4}
    assert all(change.left.is_proven is False for change in found.changes)
    # The whole first: then the part shows who is not in it.
    whole = release(part + rest, "geheel")
    assert compare(first, History([whole]), STANDAARD).breaches == found.breaches
    safe = np.where(rest == 4, 0, rest)
    assert audit_over_time(release(part + safe, "geheel"), History([first]), STANDAARD).changes
    # What the part says of a cell is a floor for what the whole hides.
    hidden = release(part + safe, "geheel", hide={42, 40, 25, 67, 36}.__contains__)
    assert compare(hidden, History([first]), STANDAARD).narrowed
    with pytest.raises(DisclosureFailure):
        audit_over_time(hidden, History([first]), STANDAARD)
    with pytest.raises(DisclosureFailure, match="contradict"):
        compare(release(part - 1, "geheel"), History([first]), STANDAARD)
    with pytest.raises(DisclosureFailure, match="not known"):
        compare(release(part, "geheel", contains="onbekend"), History([first]), STANDAARD)


def test_two_parts_of_one_whole_are_a_pair_as_well() -> None:
    specs = [_spec(B)]
    types = _types(specs)
    tables = [_tables(np.array(n) @ _membership(types, specs), specs, _never) for n in ([20, 30], [20, 34], [60, 90])]
    one, other = _published("een", 1, tables[0], of="een"), _published("ander", 1, tables[1], of="ander")
    found = compare(_published("geheel", 1, tables[2]), History([one, other]), STANDAARD)
    assert found.pairs == 3
    assert [(change.earlier, change.later) for change in found.breaches] == [("een", "ander")] * 2


def test_other_labels_and_subtotals_do_not_hide_a_change() -> None:
    """A version later: new labels, another order, a subtotal more, a table less. The counts are the same counts."""
    relabelled = CodeList("a", tuple(Code(value, f"nieuw {value}") for value in "zyx"), "versie 2")
    newer = Dimension("a", "Nieuwe titel", relabelled, (Subtotal("samen", "x en z", ("x", "z")),))
    old, new = [_spec(A, B, name="T1"), _spec(C, name="T2")], [_spec(newer, name="T9")]
    numbers = np.arange(12) + 20
    types = _types(old)
    first = _published("r1", 1, _tables(numbers @ _membership(types, old), old, _never))
    second = _published("r2", 2, _tables((numbers + (np.arange(12) == 0) * 3) @ _membership(types, new), new, _never))
    found = {(change.table, change.cell): change for change in changes(first, second)}
    assert found["T9", "nieuw x"].joined.cell == found["T9", "x en z"].joined.cell == 3
    assert found["T9", "Totaal"].joined.person == 3
    assert ("T9", "nieuw y") not in found
    # Other categories under the same name are another dimension; the total is still the total.
    other = [_spec(_dimension("a", "xyw"), name="T9")]
    third = _published("r3", 3, _tables(np.array([100, 200, 9]) @ _membership(_types(other), other), other, _never))
    assert [change.cell for change in changes(first, third) if change.joined.is_small(10)] == ["Totaal"]


def test_bounds_from_history_are_the_intervals_that_earlier_releases_leave() -> None:
    months = [_monthly(personen, month, _small) for month, personen in enumerate(_months(3), start=1)]
    specs = [_spec(TREDE, LEEFTIJDSKLASSE, name="T06")]
    found = bounds_from_history(specs, History(months))
    assert [one.releases for one in found] == [("m01",), ("m02",), ("m03",)]
    for personen, earlier in zip(_months(3), found, strict=True):
        truth = dict(zip(map(_key, _cells(specs)), _membership(personen, specs).sum(axis=0), strict=True))
        assert all(one.low <= true <= one.high for one, true in zip(earlier.intervals, truth.values(), strict=True))
        assert earlier.intervals[list(truth).index(())].width == 0


# --- the ledger -------------------------------------------------------------------------------


def _filled(folder: Path, number: int = 4) -> list[dict]:
    for month, personen in enumerate(_months(number), start=1):
        append(folder, _monthly(personen, month, _small))
    return [json.loads(line) for line in (folder / LEDGER).read_text().splitlines()]


def _same(one: Publication, other: Publication) -> bool:
    facts = [
        (p.release, p.peildatum, p.population, p.threshold, p.contains, [t.spec for t in p.tables])
        for p in (one, other)
    ]
    frames = zip(one.tables, other.tables, strict=True)
    return facts[0] == facts[1] and all(left.frame.equals(right.frame) for left, right in frames)


def test_what_was_appended_is_read_back(tmp_path: Path) -> None:
    odd = TableSpec(
        "T99",
        "Titel é",
        "Vraag?",
        (A, M),
        ((B, "p"),),
        ("één", "twee"),
        DisclosureProfile(weight=Weight.LOG, margin_factor=5, sensitive=(A,), zeros=True),
    )
    counts = range(20, 20 + len(_cells([odd])))
    releases = [
        _published("r1", 1, _tables(counts, [odd], {21, 30}.__contains__), of="wijk"),
        _published(
            "r2", None, _tables([20 + len(_key(cell)) for cell in _cells(TABLES)], TABLES, _never), contains="r1"
        ),
    ]
    heads = [append(tmp_path / "ledger", release) for release in releases]
    found = read(tmp_path / "ledger")
    assert all(_same(*pair) for pair in zip(found, releases, strict=True))
    assert head(tmp_path / "ledger") == heads[-1] != heads[0]
    assert stat.S_IMODE((tmp_path / "ledger").stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "ledger").iterdir()} == {0o600}
    assert read(tmp_path / "nothing") == ()
    assert head(tmp_path / "nothing") == Head(0, "0" * 64)


def test_appending_again_changes_nothing_and_other_content_is_refused(tmp_path: Path) -> None:
    _filled(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    _filled(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    changed = replace(_monthly(_months(1)[0], 1), population="anders")
    with pytest.raises(ReleasesDiffer):
        append(tmp_path, changed)
    wrong = replace(changed, release="nieuw", tables=(replace(changed.tables[0], frame=pl.DataFrame({"x": [1]})),))
    with pytest.raises(DisclosureFailure):
        append(tmp_path, wrong)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_nothing_of_a_suppressed_count_is_in_the_ledger(tmp_path: Path) -> None:
    for line in _filled(tmp_path):
        for table in line["tables"]:
            columns = dict(table["columns"])
            assert all(not _small(value) for value in columns["value"] if value is not None)
            assert [value is None for value in columns["value"]] == [status == "Q" for status in columns["status"]]


def _paths(content: object, path: tuple = ()) -> Iterator[tuple]:
    """Every place in a line, lists by their first and last entry."""
    yield path
    if isinstance(content, dict):
        for name, part in content.items():
            yield from _paths(part, (*path, name))
    elif isinstance(content, list):
        for place in {0, len(content) - 1} if content else ():
            yield from _paths(content[place], (*path, place))


def _changed(content, path: tuple):
    """The content with something else at that place."""
    if path:
        copy = dict(content) if isinstance(content, dict) else list(content)
        copy[path[0]] = _changed(content[path[0]], path[1:])
        return copy
    if isinstance(content, str):
        return f"{content}x"
    return (
        {None: 1, True: False, False: True}.get(content, 12345) if not isinstance(content, dict | list) else [content]
    )


def _write(folder: Path, lines: Sequence[object]) -> None:
    texts = [json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False) for line in lines]
    (folder / LEDGER).write_text("".join(f"{text}\n" for text in texts))


def test_a_change_at_any_place_is_seen(tmp_path: Path) -> None:
    lines = _filled(tmp_path)
    good = (tmp_path / LEDGER).read_bytes()
    _write(tmp_path, lines)
    assert (tmp_path / LEDGER).read_bytes() == good
    paths = sorted(set(_paths(lines[1])), key=repr)
    assert len(paths) > 100
    for path in paths:
        _write(tmp_path, [lines[0], _changed(lines[1], path), *lines[2:]])
        with pytest.raises((LedgerDamaged, LedgerUnknown)):
            read(tmp_path)


DAMAGE: dict[str, Callable[[list], list]] = {
    "first": lambda lines: lines[1:],
    "second": lambda lines: [lines[0], *lines[2:]],
    "last": lambda lines: lines[:-1],
    "all": lambda lines: [],
    "swapped": lambda lines: [lines[1], lines[0], *lines[2:]],
    "swapped at the end": lambda lines: [*lines[:-2], lines[-1], lines[-2]],
    "last twice": lambda lines: [*lines, lines[-1]],
    "first twice": lambda lines: [lines[0], *lines],
    "field added": lambda lines: [*lines[:-1], {**lines[-1], "extra": 1}],
    "no number": lambda lines: [*lines[:-1], {**lines[-1], "threshold": float("nan")}],
    "no object": lambda lines: [*lines[:-1], "text"],
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_lines_lost_moved_or_added_are_seen(tmp_path: Path, damage: str) -> None:
    _write(tmp_path, DAMAGE[damage](_filled(tmp_path)))
    with pytest.raises(LedgerDamaged):
        read(tmp_path)
    with pytest.raises(LedgerDamaged):
        append(tmp_path, _monthly(_months(1)[0], 9))


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"nothing", b'{"releases":-1,"sha256":""}', b'{"releases":9,"sha256":""}']
)
def test_a_damaged_head_or_half_a_line_is_seen(tmp_path: Path, content: bytes) -> None:
    _filled(tmp_path)
    good = (tmp_path / HEAD).read_bytes()
    (tmp_path / HEAD).write_bytes(content)
    with pytest.raises(LedgerDamaged):
        read(tmp_path)
    (tmp_path / HEAD).unlink()
    with pytest.raises(LedgerDamaged):
        read(tmp_path)
    (tmp_path / HEAD).write_bytes(good)
    whole = (tmp_path / LEDGER).read_bytes()
    for cut in (-1, -50, -len(whole) // 2):
        (tmp_path / LEDGER).write_bytes(whole[:cut])
        with pytest.raises(LedgerDamaged):
            read(tmp_path)
    (tmp_path / LEDGER).unlink()
    with pytest.raises(LedgerDamaged):
        read(tmp_path)


def test_an_append_that_was_cut_short_counts_and_is_mended(tmp_path: Path) -> None:
    """The line was written and the head was not: the release may be out, so it is judged against."""
    _filled(tmp_path, 3)
    behind = (tmp_path / HEAD).read_bytes()
    lines = _filled(tmp_path, 4)
    (tmp_path / HEAD).write_bytes(behind)
    assert len(read(tmp_path)) == 4
    _filled(tmp_path, 4)
    assert json.loads((tmp_path / HEAD).read_bytes()) == {"releases": 4, "sha256": lines[-1]["sha256"]}


def test_a_line_of_another_version_is_refused_not_guessed(tmp_path: Path) -> None:
    (line,) = _filled(tmp_path, 1)
    _write(tmp_path, [{**line, "format": 2}])
    with pytest.raises(LedgerUnknown):
        read(tmp_path)
