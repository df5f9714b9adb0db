"""What people in the file learn who know their own record, or pool two: against a program over the full joint.

`_reached` shares no code with the product: a column per kind of person, a row per published cell.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from itertools import chain, combinations

import highspy
import numpy as np
import polars as pl
import pytest

from schemas.errors import DisclosureFailure
from schemas.profiles import STANDAARD
from schemas.specs.fact import AtMost
from schemas.states import Released
from tests.builders.releases import RELEASES, counted_of, dimension_of, membership_of, residents_of, spec_of, types_of
from transforms.disclosure import SameFile, protect
from transforms.disclosure.counts.attack import Attack
from transforms.disclosure.counts.records import NO_RECORDS, Records

A, B, C = dimension_of("a", "vwxyz", "vw"), dimension_of("b", "pqr"), dimension_of("c", "stu")
M, HELPED = dimension_of("m", "klm", multiple=True), dimension_of("h", "yn")
RULE = replace(
    dimension_of("r", "yn"),
    facts=tuple(AtMost(*(((("a", frozenset(a)), (name, frozenset("y"))),) for name in "rh")) for a in "vwxyz"),
)
"""Who is in r is helped."""
SHAPES = {
    "linked pair": (spec_of(A, B), spec_of(B, C)),
    "ring of three": (spec_of(A, B), spec_of(B, C), spec_of(C, A)),
    "a rule": (spec_of(A, HELPED), spec_of(A, RULE)),
    "several categories per person": (spec_of(A), spec_of(A, M)),
}
OUTSIDER, PAIR = replace(STANDAARD, pooled=0), replace(STANDAARD, pooled=2)


def _reached(released: Sequence[Released], member: np.ndarray, known: np.ndarray) -> list[tuple[float, float]]:
    """The lowest and highest value of every blank cell, if there are at least the known persons of each kind."""
    solver = highspy.Highs()
    solver.silent()
    persons = [solver.addVariable(lb=float(least), ub=1e5) for least in known]
    values = [value for table in released for value in table.frame["value"]]
    cells = [[one for one, is_in in zip(persons, column, strict=True) if is_in] for column in member.T]
    for cell, value in zip(cells, values, strict=True):
        if value is not None:
            solver.addConstr(solver.qsum(cell) == value)
    ends = []
    for cell, value in zip(cells, values, strict=True):
        if value is None:
            low, high = (
                solver.val(solver.qsum(cell)) for end in (solver.minimize, solver.maximize) if _run(end, solver, cell)
            )
            ends.append((low, high))
    return ends


def _run(end, solver: highspy.Highs, cell: Sequence[object]) -> bool:
    end(solver.qsum(cell))
    return solver.getModelStatus() == highspy.HighsModelStatus.kOptimal


def _file(name: str, seed: int) -> tuple[list[int], list, tuple]:
    rng = np.random.default_rng(seed)
    specs = SHAPES[name]
    types = [one for one in types_of(specs) if not (one.get("r") == "y" and one["h"] == "n")]
    numbers = rng.poisson(rng.choice([0, 0.3, 2, 15], len(types))).tolist()
    return numbers, types, specs


def _attackers(numbers: Sequence[int], pooled: int) -> Iterator[np.ndarray]:
    """What every attacker knows: himself, or himself and another."""
    one = np.eye(len(numbers), dtype=int)
    present = [kind for kind, number in enumerate(numbers) if number]
    yield from (one[kind] for kind in present)
    if pooled == 2:
        yield from (one[left] + one[right] for left, right in combinations(present, 2))
        yield from (2 * one[kind] for kind in present if numbers[kind] > 1)


def _narrow(released: Sequence[Released], numbers: Sequence[int], types: list, specs: tuple, pooled: int) -> int:
    """How many attackers find a blank cell below ten, or within less than ten."""
    member = membership_of(types, specs)
    found = (_reached(released, member, known) for known in _attackers(numbers, pooled))
    return sum(any(high < 10 - 1e-6 or high - low < 10 - 1e-6 for low, high in ends) for ends in found)


@pytest.mark.parametrize("name", ["linked pair", "ring of three", "a rule"])
def test_nobody_learns_more_with_his_whole_record(name: str) -> None:
    careless = 0
    for seed in range(4):
        numbers, types, specs = _file(name, seed)
        counted, file = counted_of(numbers, types, specs), SameFile(persons=residents_of(numbers, types))
        careless += _narrow(protect(counted, OUTSIDER).released, numbers, types, specs, 1)
        assert _narrow(protect(counted, STANDAARD, file=file).released, numbers, types, specs, 1) == 0
    assert careless > 0


def test_who_is_not_in_a_count_knows_that_too() -> None:
    """What nobody learns who only uses the cells that he is in."""
    by_rule = {"vyy": 12, "vyn": 2, "wyy": 3, "wyn": 8, "xyy": 200, "vnn": 100, "wnn": 100, "xnn": 100}
    by_category = {"vk": 2, "vkl": 8, "vl": 10, "wkl": 3, "wk": 12, "xklm": 100}
    for name, want in (("a rule", by_rule), ("several categories per person", by_category)):
        _, types, specs = _file(name, 0)
        numbers = [want.get("".join(chain.from_iterable(map(sorted, one.values()))), 0) for one in types]
        assert sum(numbers) == sum(want.values())
        counted, file = counted_of(numbers, types, specs), SameFile(persons=residents_of(numbers, types))
        assert _narrow(protect(counted, STANDAARD, file=file).released, numbers, types, specs, 1) == 0


def test_two_who_pool_their_records_learn_no_more() -> None:
    """Of 2 and 9 together, who is one of the two knows that the others are at most 10; who is both, at most 9."""
    types = types_of(specs := (spec_of(A),))
    file = SameFile(persons=residents_of(numbers := [2, 9, 300, 400, 500], types))
    counted = counted_of(numbers, types, specs)
    outside, both = (protect(counted, profile, file=file).released for profile in (OUTSIDER, PAIR))
    assert [_narrow(outside, numbers, types, specs, pooled) for pooled in (1, 2)] == [0, 3]
    assert [_narrow(both, numbers, types, specs, pooled) for pooled in (1, 2)] == [0, 0]


@pytest.mark.parametrize("seed", range(3))
def test_no_pair_learns_more_in_random_files(seed: int) -> None:
    numbers, types, specs = _file("linked pair", seed)
    counted, file = counted_of(numbers, types, specs), SameFile(persons=residents_of(numbers, types))
    assert _narrow(protect(counted, PAIR, file=file).released, numbers, types, specs, 2) == 0


ONE_AND_NINE = [1, 9, 300, 400, 500]
"""Who is the one knows that the others are nine."""


def test_who_would_learn_something_is_found_by_the_attack() -> None:
    types = types_of(specs := (spec_of(A),))
    attack = Attack(protect(counted_of(ONE_AND_NINE, types, specs), OUTSIDER).released, STANDAARD)
    records = Records.of(attack.system, specs, residents_of(ONE_AND_NINE, types), 1)
    (insiders,) = records.insiders()
    found = list(attack.narrow_for(insiders))
    assert sorted(interval.high for _, interval in found) == [9, 9, 10, 10]
    # Afterwards the attacker is an outsider again.
    assert all(attack.interval(((count, 1),)) == interval for count, interval in attack.intervals.items())


def test_a_pattern_that_is_safe_for_outsiders_only_is_not_let_out(monkeypatch: pytest.MonkeyPatch) -> None:
    door = import_module("transforms.disclosure.suppression.protect")
    search = door.suppress
    monkeypatch.setattr(door, "suppress", lambda task, *args: search(replace(task, records=NO_RECORDS), *args))
    types = types_of(specs := (spec_of(A),))
    file = SameFile(persons=residents_of(ONE_AND_NINE, types))
    with pytest.raises(DisclosureFailure, match="knows his own record"):
        protect(counted_of(ONE_AND_NINE, types, specs), STANDAARD, file=file)


def test_who_is_in_the_file_must_be_said() -> None:
    numbers, types, specs = _file("linked pair", 0)
    counted, persons = counted_of(numbers, types, specs), residents_of(numbers, types)
    with pytest.raises(DisclosureFailure, match="not said who they are"):
        protect(counted, STANDAARD)
    for others in (persons.head(0), persons.head(-1), persons.with_columns(a=pl.lit(None, pl.String))):
        with pytest.raises(DisclosureFailure, match="do not count the persons"):
            protect(counted, STANDAARD, file=SameFile(persons=others))


@pytest.mark.parametrize("name", RELEASES)
def test_records_add_up_to_the_tables(name: str) -> None:
    """The hidden cells of all records together are a file that has the counts of the tables."""
    types = types_of(specs := RELEASES[name])
    numbers = np.random.default_rng(1).poisson(3, len(types)).tolist()
    attack = Attack(protect(counted_of(numbers, types, specs), OUTSIDER).released, OUTSIDER)
    records = Records.of(attack.system, specs, residents_of(numbers, types), 1)
    hidden = records.hidden
    values = [hidden[list(columns)].sum() for columns in attack.system.sums]
    cells = np.array(numbers) @ membership_of(types, specs)
    assert [values[place] for places in attack.system.places for place in places] == cells.tolist()
