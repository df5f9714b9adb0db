"""Households and rests: what is left of one published number without another one, recounted in plain Python."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from schemas.errors import DisclosureFailure
from schemas.profiles import STANDAARD
from schemas.specs import Profile, TableSpec
from schemas.specs.public import PublicStatistic
from tests.builders.releases import counted_of, dimension_of, membership_of, residents_of, spec_of, types_of
from transforms.disclosure import SameFile, protect

A, B, C = dimension_of("a", "vwxyz", "vw"), dimension_of("b", "pqr"), dimension_of("c", "stu")
M = dimension_of("m", "klm", multiple=True)
SHAPES = {
    "one table": (spec_of(A),),
    "two tables": (spec_of(A), spec_of(B)),
    "linked pair": (spec_of(A, B), spec_of(B, C)),
    "a part beside the whole": (spec_of(A, B), spec_of(A), spec_of(C)),
    "several categories per person": (spec_of(A, M), spec_of(B)),
}
OUTSIDER = replace(STANDAARD, pooled=0)


def _drawn(specs: Sequence[TableSpec], seed: int) -> tuple[list[int], list[int], list]:
    """Persons per type, whose household each is in, and the types: most alone, some families, a few large ones."""
    rng, types = np.random.default_rng(seed), types_of(specs)
    chosen = rng.choice(len(types), size=min(len(types), 12), replace=False)
    homes: list[tuple[int, int]] = []  # type and household of each person
    for kind in chosen:
        for _ in range(int(rng.choice([1, 2, 8, 25]))):
            home = len(homes)
            # Somebody of one household in six is of another kind.
            homes += [
                (int(rng.choice(chosen) if rng.random() < 1 / 6 else kind), home)
                for _ in range(int(rng.choice([1, 1, 2, 6, 14])))
            ]
    homes.sort()
    numbers = np.bincount([kind for kind, _ in homes], minlength=len(types)).tolist()
    return numbers, [home for _, home in homes], types


def _told(released, specs: Sequence[TableSpec], numbers: list[int], homes: list[int], types: list) -> tuple[int, int]:
    """How many rests of published numbers are of 1 to 9 persons, and of more persons but of 1 to 4 households."""
    member = membership_of(types, specs).astype(bool)
    kinds = np.repeat(np.arange(len(types)), numbers)
    household = np.array(homes)
    published = [
        place for place, value in enumerate(v for t in released for v in t.frame["value"]) if value is not None
    ]
    persons = households = 0
    for group in published:
        for part in [None, *published]:
            inside = np.zeros(len(types), dtype=bool) if part is None else member[:, part]
            if part == group or (inside & ~member[:, group]).any():
                continue
            left = (member[:, group] & ~inside)[kinds]
            persons += 1 <= left.sum() <= 9
            households += left.sum() >= 10 and len(set(household[left])) < 5
    return persons, households


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("shape", SHAPES)
def test_no_rest_of_published_numbers_is_of_few(shape: str, seed: int) -> None:
    specs = SHAPES[shape]
    numbers, homes, types = _drawn(specs, seed)
    counted, persons = counted_of(numbers, types, specs), residents_of(numbers, types)
    file = SameFile(persons=persons, households=pl.Series(homes))
    assert _told(protect(counted, OUTSIDER, file=file).released, specs, numbers, homes, types) == (0, 0)


def test_the_recount_sees_what_the_rules_for_persons_leave() -> None:
    seen = 0
    for seed in range(20):
        specs = SHAPES["linked pair"]
        numbers, homes, types = _drawn(specs, seed)
        released = protect(counted_of(numbers, types, specs), OUTSIDER).released
        persons, households = _told(released, specs, numbers, homes, types)
        assert persons == 0
        seen += households
    assert seen


@pytest.mark.parametrize("seed", range(6))
def test_couples_cost_no_cell(seed: int) -> None:
    """Ten persons of households of at most two are of five households, at least."""
    specs = SHAPES["linked pair"]
    rng, types = np.random.default_rng(seed), types_of(specs)
    numbers = rng.integers(0, 9, len(types)).tolist()
    counted, persons = counted_of(numbers, types, specs), residents_of(numbers, types)
    couples = pl.Series(rng.permutation(persons.height) // 2)
    alone, paired = (
        protect(counted, OUTSIDER, file=SameFile(persons=persons, households=homes)).released
        for homes in (None, couples)
    )
    assert [table.frame.equals(other.frame) for table, other in zip(alone, paired, strict=True)] == [True, True]


def _beside(figure: int) -> Profile:
    """What others publish of those of p who are v, and nothing of those of p who are w."""
    by_both = spec_of(B, A, name="P")
    rows = [(b, a) for b in B.levels for a in A.levels]
    values = tuple(figure if row == ("p", "v") else None for row in rows)
    statistic = PublicStatistic(title="P", source="x", peildatum=date(2019, 7, 1), spec=by_both, values=values)
    return replace(OUTSIDER, public=(statistic,))


def test_what_is_left_of_ours_without_a_figure_of_others_is_judged() -> None:
    """Those of p are 45, and others publish that 40 of them are v: the rest is a cell of theirs without a figure."""
    profile, specs = _beside(40), (spec_of(B),)
    types = types_of([spec_of(B, A)])
    of = {("p", "v"): 40, ("p", "w"): 5, ("q", "v"): 40, ("q", "w"): 40, ("r", "v"): 40, ("r", "w"): 40}
    numbers = [of.get((one["b"], one["a"]), 0) for one in types]
    (outside,) = counted_of(numbers, types, [profile.public[0].spec])
    (table,) = protect(counted_of(numbers, types, specs), profile, file=SameFile(public=[outside])).released
    assert table.frame.row(0, named=True)["value"] is None
    assert table.frame.row(0, named=True)["high"] >= 50


def test_households_of_others_are_refused() -> None:
    specs = SHAPES["one table"]
    types = types_of(specs)
    counted, persons = counted_of([20] * 5, types, specs), residents_of([20] * 5, types)
    with pytest.raises(DisclosureFailure, match="do not count the persons"):
        protect(counted, OUTSIDER, file=SameFile(persons=persons[1:], households=pl.Series(range(99))))
    with pytest.raises(DisclosureFailure, match="who is in the file"):
        protect(counted, OUTSIDER, file=SameFile(households=pl.Series(range(100))))
