"""What others publish: a release beside it is attacked by somebody who shares no code with the product."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from schemas.codes import Code, CodeList
from schemas.errors import DisclosureFailure, PublicFiguresDiffer
from schemas.profiles import STANDAARD
from schemas.specs import Dimension, DisclosureProfile, Method, Profile, Subtotal, TableSpec
from schemas.specs.public import PublicStatistic
from schemas.states import Counted
from tests.oracles.attacker import Bounds, Tabel, attack
from transforms.counting.aggregate import count_records
from transforms.disclosure import Protected, SameFile, audit, protect
from transforms.disclosure.counts.attack import Attack
from transforms.disclosure.counts.elsewhere import PublicFigures
from transforms.disclosure.model.system import build
from transforms.disclosure.suppression.protect import with_intervals

OUTSIDER = replace(STANDAARD, pooled=0)
DAY = date(2019, 7, 1)


def _dimension(name: str, size: int) -> Dimension:
    codes = tuple(Code(code=f"{name}{place}", label=f"{name}{place}") for place in range(size))
    return Dimension(name=name, title=name, codes=CodeList(id=name, codes=codes, source="test"))


A, B = _dimension("a", 5), _dimension("b", 3)
BY_BOTH = TableSpec("T01", "", "", (A, B), disclosure=DisclosureProfile(margin_factor=1))


def _persons(seed: int) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    drawn = {
        one.name: rng.choice(one.codes.values, 140, p=rng.dirichlet([1.5] * len(one.codes.codes))) for one in (A, B)
    }
    return pl.DataFrame({"persoon_id": [str(number) for number in range(140)], **drawn})


def _statistic(counted: Counted, rounding: int, shown: Sequence[bool] | None = None) -> PublicStatistic:
    """What an office publishes of these counts: rounded half up, and only some of them."""
    true = counted.frame["aantal"].to_list()
    rounded = [(value + rounding // 2) // rounding * rounding for value in true]
    values = tuple(value if keep else None for value, keep in zip(rounded, shown or [True] * len(true), strict=True))
    return PublicStatistic(
        title="Naar a", source="verzonnen", peildatum=DAY, spec=counted.spec, values=values, rounding=rounding
    )


def _beside(seed: int, rounding: int) -> tuple[Counted, Counted, Profile]:
    """The table by both, its public counterpart by one dimension, and a profile with that statistic."""
    persons = _persons(seed)
    outside = count_records(persons, TableSpec("P01", "", "", (A,)))
    return count_records(persons, BY_BOTH), outside, replace(OUTSIDER, public=(_statistic(outside, rounding),))


def _array(frame: pl.DataFrame, column: str, shape: tuple[int, ...]) -> np.ndarray:
    return frame[column].fill_null(0).to_numpy().reshape(shape)


def _attacked(released: pl.DataFrame | None, statistic: PublicStatistic) -> Bounds:
    """Ends of every cell by both, with the release or without it, by the other attacker."""
    values = np.zeros((6, 4), dtype=np.int64) if released is None else _array(released, "value", (6, 4))
    hidden = np.ones((6, 4), dtype=bool) if released is None else _array(released, "status", (6, 4)) == "Q"
    figures = np.array([value or 0 for value in statistic.values])
    unknown = np.array([value is None for value in statistic.values])
    public = Tabel(("a",), figures, unknown, reach=statistic.rounding // 2)
    return attack([Tabel(("a", "b"), values, hidden), public])[0]


def _narrow(released: pl.DataFrame, statistic: PublicStatistic) -> int:
    """Blank cells that are lower or narrower than promised, and than the statistic alone leaves."""
    both, alone = _attacked(released, statistic), _attacked(None, statistic)
    is_blank = _array(released, "status", (6, 4)) == "Q"
    high, width = np.floor(both.high + 1e-6), np.floor(both.high + 1e-6) - np.ceil(both.low - 1e-6)
    most, least = np.floor(alone.high + 1e-6), np.ceil(alone.low - 1e-6)
    is_low = (high < np.minimum(10, most)) | (width < np.minimum(10, most - least))
    return int((is_blank & is_low).sum())


@pytest.mark.parametrize("rounding", [5, 10])
def test_whoever_has_a_statistic_learns_no_small_number_from_the_release(rounding: int) -> None:
    """Without it declared, he does in some of these files; with it, in none."""
    without, price = 0, 0
    for seed in range(20):
        counted, outside, profile = _beside(seed, rounding)
        (statistic,) = profile.public
        (careless,), safe = (
            protect([counted], OUTSIDER).released,
            protect([counted], profile, file=SameFile(public=[outside])),
        )
        without += _narrow(careless.frame, statistic)
        assert _narrow(safe.released[0].frame, statistic) == 0
        price += _blanks(safe) - careless.frame["status"].to_list().count("Q")
    assert without > 0
    assert price > 0


def _blanks(protected: Protected) -> int:
    return protected.released[0].frame["status"].to_list().count("Q")


def test_the_audit_refuses_a_release_that_was_made_without_the_statistic() -> None:
    refused = 0
    for seed in range(20):
        counted, _, profile = _beside(seed, 10)
        (released,) = protect([counted], OUTSIDER).released
        stated = with_intervals([released], Attack([released], profile))
        if _narrow(released.frame, profile.public[0]):
            refused += 1
            with pytest.raises(DisclosureFailure):
                audit(stated, profile)
        else:
            audit(stated, profile)
    assert refused > 0


def test_a_statistic_that_tells_a_blank_count_itself_is_counted_and_gains_nothing() -> None:
    codes = A.codes.values
    persons = pl.DataFrame(
        {
            "persoon_id": [str(number) for number in range(164)],
            "a": [codes[0]] * 4 + [value for value in codes[1:] for _ in range(40)],
            "b": [B.codes.values[number % 2] for number in range(164)],
        }
    )
    outside = count_records(persons, TableSpec("P01", "", "", (A,)))
    exact = replace(OUTSIDER, public=(_statistic(outside, 1),))
    made = protect([count_records(persons, BY_BOTH)], exact, file=SameFile(public=[outside]))
    row = made.released[0].frame.filter((pl.col("a") == codes[0]) & (pl.col("b") == "totaal"))
    assert row.select("value", "status", "low", "high").rows() == [(None, "Q", 4, 4)]
    assert made.audit.told_elsewhere >= 1
    assert made.audit.lowest_high is None or made.audit.lowest_high >= 10
    assert _narrow(made.released[0].frame, exact.public[0]) == 0


def test_a_statistic_of_other_residents_is_refused_by_name() -> None:
    counted, outside, profile = _beside(0, 10)
    (statistic,) = profile.public
    shifted = replace(statistic, values=tuple(value + 30 for value in statistic.values if value is not None))
    with pytest.raises(PublicFiguresDiffer, match="'Naar a': 6 of 6 figures") as refused:
        protect([counted], replace(profile, public=(shifted,)), file=SameFile(public=[outside]))
    assert refused.value.differing == {"Naar a": (6, 6)}
    wide = replace(shifted, margin=30)
    assert protect([counted], replace(profile, public=(wide,)), file=SameFile(public=[outside])).released


def test_a_rounded_table_takes_the_multiple_that_proves_no_small_count() -> None:
    """Of 7 persons, 10 is nearest and says 1 or more; beside a figure of at most 8 they would be few."""
    codes = A.codes.values
    listed = [codes[0]] * 7 + [value for value in codes[1:] for _ in range(40)]
    persons = pl.DataFrame({"persoon_id": [str(number) for number in range(167)], "a": listed})
    spec = TableSpec("T01", "", "", (A,), disclosure=DisclosureProfile(method=Method.ROUND, base=10))
    outside = count_records(persons, TableSpec("P01", "", "", (A,)))
    figure = replace(_statistic(outside, 10), values=(0, None, None, None, None, None), margin=3)

    def first(profile: Profile) -> tuple[object, ...]:
        made = protect(
            [count_records(persons, spec)], profile, file=SameFile(public=[outside] if profile.public else [])
        )
        return made.released[0].frame.row(0)[1:]

    assert first(OUTSIDER) == (10, "A", 1, 19)
    assert first(replace(OUTSIDER, public=(figure,))) == (None, "N", 0, 8)
    told = replace(figure, values=(5, *figure.values[1:]), margin=0, rounding=5)
    assert first(replace(OUTSIDER, public=(told,))) == (10, "A", 3, 7)  # the figure says so by itself


def _grid(cells: Sequence[Sequence[int]], by: Sequence[Dimension]) -> pl.DataFrame:
    """Persons per category of one dimension (rows) and of another (columns)."""
    kinds = [
        (row, column)
        for row, counts in zip(by[0].codes.values, cells, strict=True)
        for column, size in zip(by[1].codes.values, counts, strict=True)
        for _ in range(size)
    ]
    columns = {one.name: [kind[place] for kind in kinds] for place, one in enumerate(by)}
    return pl.DataFrame({"persoon_id": [str(number) for number in range(len(kinds))], **columns})


def test_a_count_that_is_safe_only_when_published_does_not_end_the_search() -> None:
    by = _dimension("a", 3), _dimension("b", 2)
    persons = _grid(((23, 43), (4, 18), (15, 19)), by)
    outside = count_records(persons, TableSpec("P01", "", "", by))
    figures = (25, 45, None, None, None, 20, None, None, None, None, 80, None)
    profile = replace(OUTSIDER, public=(replace(_statistic(outside, 5), values=figures),))
    table = replace(BY_BOTH, dimensions=by)
    (made,) = protect([count_records(persons, table)], profile, file=SameFile(public=[outside])).released
    assert 0 < made.frame["status"].to_list().count("Q") < made.frame.height - 1


def test_two_exact_figures_that_differ_by_few_stop_no_release() -> None:
    by = _dimension("a", 3), _dimension("b", 3)
    persons = _grid(((40, 30, 30), (2, 1, 1), (18, 19, 9)), by)
    union = replace(by[0], subtotals=(Subtotal(code="a0 + a1", label="", parts=("a0", "a1")),), shown=("a0", "a0 + a1"))
    outside = count_records(persons, TableSpec("P01", "", "", (union,)))
    profile = replace(OUTSIDER, public=(_statistic(outside, 1, [True, True, False]),))
    (made,) = protect(
        [count_records(persons, TableSpec("T01", "", "", by[1:]))], profile, file=SameFile(public=[outside])
    ).released
    assert made.frame["value"].to_list() == [60, 50, 40, 150]


def test_rounding_knows_from_which_number_on_a_figure_lies() -> None:
    """By the figures 4 or more are left: 10 leaves 1 to 19, and below 10 would be provably small."""
    a = _dimension("a", 3)
    persons = _grid(((80,), (80,), (4,)), (a, _dimension("b", 1)))
    spec = TableSpec("T01", "", "", (a,), disclosure=DisclosureProfile(method=Method.ROUND, base=10))
    outside = count_records(persons, TableSpec("P01", "", "", (a,)))
    figures = replace(_statistic(outside, 1), values=(80, None, 13, None), margin=9)
    made = protect(
        [count_records(persons, spec)], replace(OUTSIDER, public=(figures,)), file=SameFile(public=[outside])
    )
    assert made.released[0].frame.row(2)[1:] == (10, "A", 4, 19)


def test_a_total_of_few_persons_tells_every_count_below_it() -> None:
    """A small width is promised here, so that counts are wide enough long before they are high enough."""
    spec = TableSpec("P01", "", "", (A,))

    def beside(total: int) -> tuple[PublicFigures, Profile]:
        values = (*[None] * len(A.codes.values), total)
        figures = PublicStatistic(title="Naar a", source="verzonnen", peildatum=DAY, spec=spec, values=values)
        profile = replace(OUTSIDER, minimum_width=3, public=(figures,))
        return PublicFigures(build([spec]), profile), profile

    few, profile = beside(9)
    assert few.elsewhere.most.tolist() == [9] * 6
    assert few.elsewhere.is_told(profile).all()
    enough, profile = beside(10)
    assert enough.elsewhere.most.tolist() == [10] * 6
    assert enough.elsewhere.is_told(profile).tolist() == [False] * 5 + [True]  # ten may be all that is promised
