"""What releases of a municipality prove together, month after month, of parts, and of other versions.

`_solved` shares no code with the product: a linear program over the full joint of all dimensions,
one column per kind of person who stayed, left or joined.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

import highspy
import numpy as np
import polars as pl
import pytest

from flows.registers.ledger import append, read_ledger
from schemas.codes import Code, CodeList
from schemas.errors import DisclosureFailure
from schemas.profiles import STANDAARD
from schemas.specs import Dimension, DisclosureProfile, Method, Subtotal, TableSpec
from schemas.tables.dimensions import LEEFTIJDSKLASSE, TREDE
from tests.builders.releases import (
    MUNICIPALITY,
    A,
    B,
    C,
    cells_of,
    dimension_of,
    drawn_months,
    is_small,
    key_of,
    membership_of,
    monthly,
    never,
    publication_of,
    spec_of,
    tables_of,
    types_of,
)
from transforms.disclosure.over_time.history import History, Publication
from transforms.disclosure.over_time.over_time import audit_over_time, bounds_from_history, changes, compare


def _solved(earlier: Publication, later: Publication, specs: Sequence[TableSpec]) -> dict[tuple, tuple[int, int]]:
    """The fewest who joined, and left, each cell, if nobody changes category: a linear program over the full joint."""
    types = types_of(specs)
    member = membership_of(types, specs)
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
    for cell, column in zip(cells_of(specs), member.T, strict=True):
        ends = []
        for moved in (joined, left):
            solver.minimize(solver.qsum(m for m, one in zip(moved, column, strict=True) if one))
            assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
            ends.append(math.ceil(solver.getObjectiveValue() - 1e-5))
        found[key_of(cell)] = tuple(ends)
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
    first, second = (monthly(personen, month) for month, personen in enumerate(drawn_months(2), start=1))
    found = compare(second, History([first]), STANDAARD)
    assert len(found.breaches) >= 10
    assert {change.table for change in found.breaches} == {"T02", "T03", "T05"}
    assert 0 < _require_as_solved(first, second) <= len(found.breaches)
    with pytest.raises(DisclosureFailure, match="came or left"):
        audit_over_time(second, History([first]), STANDAARD)
    # Nor is hiding what is small enough, as each release by itself would.
    hidden = [monthly(personen, month, is_small) for month, personen in enumerate(drawn_months(2), start=1)]
    assert compare(hidden[1], History(hidden[:1]), STANDAARD).breaches
    assert _require_as_solved(*hidden) > 0


def test_twelve_releases_in_a_row(tmp_path: Path) -> None:
    """Every new release against all earlier ones, as the ledger kept them."""
    breaches, carried = 0, 0
    months = [monthly(personen, month) for month, personen in enumerate(drawn_months(12), start=1)]
    history = History(months[:-1])
    for release in months:
        found = compare(release, History(read_ledger(tmp_path)), STANDAARD)
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
    first = monthly(drawn_months(1)[0], 1, is_small)
    releases = [replace(first, release=f"r{month}", peildatum=date(2024, month, 1)) for month in range(1, 13)]
    history = History(releases[:-1])
    found = audit_over_time(releases[-1], history, STANDAARD)
    assert (found.pairs, found.changes, found.narrowed) == (11, (), ())


def test_a_change_of_threshold_persons_is_told_and_is_no_breach() -> None:
    types, specs = types_of([spec_of(B)]), [spec_of(B)]
    many = [tables_of(np.array(n) @ membership_of(types, specs), specs, never) for n in ([20, 30], [20, 40], [29, 30])]
    first, ten, nine = (publication_of(f"r{day}", day, tables) for day, tables in enumerate(many, start=1))
    found = audit_over_time(ten, History([first]), STANDAARD)
    assert [(one.cell, one.joined.cell, one.left.cell) for one in found.changes] == [("q", 10, 0), ("Totaal", 10, 0)]
    assert len(compare(nine, History([first]), STANDAARD).breaches) == 2


def test_releases_of_one_population_and_peildatum_are_one_release() -> None:
    specs = [spec_of(B, name="T1"), spec_of(B, C, name="T2")]
    types = types_of(specs)
    counts = np.array([4, 20, 30, 40]) @ membership_of(types, specs)
    first = tables_of(counts[:3], specs[:1], never)
    second = tables_of(counts[3:], specs[1:], {4, 20, 34, 60}.__contains__)
    careless = tables_of(counts[3:], specs[1:], {4}.__contains__)
    one, other = publication_of("r1", 1, first), publication_of("r2", 1, second)
    assert compare(other, History([one]), STANDAARD).pairs == 0
    for tables in (careless, tables_of(counts[3:] + 1, specs[1:], is_small)):
        with pytest.raises(DisclosureFailure):
            compare(publication_of("r2", 1, tables), History([one]), STANDAARD)
    # Once more the same tables; and the next month both are one earlier moment.
    assert compare(publication_of("r3", 1, first), History([one]), STANDAARD).changes == ()
    found = compare(
        publication_of("r4", 2, tables_of([25, 70, 95], specs[:1], never)), History([one, other]), STANDAARD
    )
    assert {change.earlier for change in found.breaches} == {"r1 + r2"}
    # Without a peildatum nobody knows whether they are the same persons.
    assert (
        compare(publication_of("r6", None, first), History([publication_of("r5", None, first)]), STANDAARD).pairs == 1
    )


def test_a_part_first_and_the_whole_later() -> None:
    specs = [spec_of(A, B)]
    types = types_of(specs)
    part, rest = np.array([20, 30, 40, 25, 35, 45]), np.array([0, 12, 4, 11, 0, 30])

    def release(numbers, name: str, hide=never, **known: str) -> Publication:
        return publication_of(name, 1, tables_of(numbers @ membership_of(types, specs), specs, hide), **known)

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
    specs = [spec_of(B)]
    types = types_of(specs)
    tables = [
        tables_of(np.array(n) @ membership_of(types, specs), specs, never) for n in ([20, 30], [20, 34], [60, 90])
    ]
    one, other = publication_of("een", 1, tables[0], of="een"), publication_of("ander", 1, tables[1], of="ander")
    found = compare(publication_of("geheel", 1, tables[2]), History([one, other]), STANDAARD)
    assert found.pairs == 3
    assert [(change.earlier, change.later) for change in found.breaches] == [("een", "ander")] * 2


def test_other_labels_and_subtotals_do_not_hide_a_change() -> None:
    """A version later: new labels, another order, a subtotal more, a table less. The counts are the same counts."""
    relabelled = CodeList(
        id="a", codes=tuple(Code(code=value, label=f"nieuw {value}") for value in "zyx"), source="versie 2"
    )
    newer = Dimension(
        name="a",
        title="Nieuwe titel",
        codes=relabelled,
        subtotals=(Subtotal(code="samen", label="x en z", parts=("x", "z")),),
    )
    old, new = [spec_of(A, B, name="T1"), spec_of(C, name="T2")], [spec_of(newer, name="T9")]
    numbers = np.arange(12) + 20
    types = types_of(old)
    first = publication_of("r1", 1, tables_of(numbers @ membership_of(types, old), old, never))
    second = publication_of(
        "r2", 2, tables_of((numbers + (np.arange(12) == 0) * 3) @ membership_of(types, new), new, never)
    )
    found = {(change.table, change.cell): change for change in changes(first, second)}
    assert found["T9", "nieuw x"].joined.cell == found["T9", "x en z"].joined.cell == 3
    assert found["T9", "Totaal"].joined.person == 3
    assert ("T9", "nieuw y") not in found
    # Other categories under the same name are another dimension; the total is still the total.
    other = [spec_of(dimension_of("a", "xyw"), name="T9")]
    third = publication_of(
        "r3", 3, tables_of(np.array([100, 200, 9]) @ membership_of(types_of(other), other), other, never)
    )
    assert [change.cell for change in changes(first, third) if change.joined.is_small(10)] == ["Totaal"]


def test_bounds_from_history_are_the_intervals_that_earlier_releases_leave() -> None:
    months = [monthly(personen, month, is_small) for month, personen in enumerate(drawn_months(3), start=1)]
    specs = [spec_of(TREDE, LEEFTIJDSKLASSE, name="T06")]
    found = bounds_from_history(specs, History(months))
    assert [one.releases for one in found] == [("m01",), ("m02",), ("m03",)]
    for personen, earlier in zip(drawn_months(3), found, strict=True):
        truth = dict(zip(map(key_of, cells_of(specs)), membership_of(personen, specs).sum(axis=0), strict=True))
        assert all(one.low <= true <= one.high for one, true in zip(earlier.intervals, truth.values(), strict=True))
        assert earlier.intervals[list(truth).index(())].width == 0


@pytest.mark.parametrize(
    ("before", "after", "joined", "left"),
    [(20, 40, 2, 0), (40, 20, 0, 2), (20, 30, 0, 0), (20, 50, 12, 0), (10, 30, 2, 0)],
)
def test_steady_multiples_that_are_less_than_a_base_off_prove_a_small_change(
    before: int, after: int, joined: int, left: int
) -> None:
    """Of 11-29 and then 31-49 at least two joined; by the certain limit, a base either way, perhaps nobody did."""
    steady = DisclosureProfile(method=Method.ROUND, base=10, steady=True)
    spec = replace(spec_of(B), disclosure=steady)

    def released(name: str, day: int, count: int) -> Publication:
        (table,) = tables_of([count, 60, count + 60], [spec], never)
        near = [(max(0, value - 10), value + 10) for value in table.frame["value"]]
        low, high = (pl.Series(end, [pair[place] for pair in near]) for place, end in enumerate(("low", "high")))
        return publication_of(name, day, (replace(table, frame=table.frame.with_columns(low, high)),))

    found = compare(released("later", 8, after), History([released("eerder", 1, before)]), STANDAARD)
    small = {(change.joined.cell, change.left.cell) for change in found.breaches}
    assert small == ({(joined, left)} if 1 <= max(joined, left) < 10 else set())
