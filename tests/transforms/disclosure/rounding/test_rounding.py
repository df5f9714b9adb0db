"""Controlled rounding, against listing every file of persons and an auditor that shares no code with it.

`_files` lists every file of persons; `_Auditor` is a linear program over the full joint of who
stayed, left and joined between two releases. Both know tables and persons only.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, combinations, pairwise, product

import highspy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.codes import Code, CodeList
from schemas.errors import DisclosureFailure
from schemas.specs import Dimension, Subtotal, TableSpec
from schemas.tables import TABLES
from transforms.disclosure.model.interval import Interval
from transforms.disclosure.model.joint import Key
from transforms.disclosure.model.system import System, build
from transforms.disclosure.rounding.rounded_attack import rounded_intervals
from transforms.disclosure.rounding.rounding import controlled_rounding, proves_change

Persoon = dict[str, frozenset[str]]


def _dimension(name: str, size: int, multiple: bool = False, subtotals: tuple[Subtotal, ...] = ()) -> Dimension:
    codes = CodeList(
        id=name, codes=tuple(Code(code=f"{name}{value}", label=name) for value in range(size)), source="test"
    )
    return Dimension(name=name, title=name, codes=codes, subtotals=subtotals, multiple=multiple)


def _spec(*dimensions: Dimension) -> TableSpec:
    return TableSpec("T", "", "", dimensions)


SIX = TABLES[:6]  # Without declared facts, which persons drawn at random would contradict.
A = _dimension(
    "a",
    3,
    subtotals=(
        Subtotal(code="01", label="01", parts=("a0", "a1")),
        Subtotal(code="12", label="12", parts=("a1", "a2")),
    ),
)
B, C, D = _dimension("b", 2), _dimension("c", 2), _dimension("d", 2)
M = _dimension("m", 2, multiple=True)

RELEASES: dict[str, tuple[TableSpec, ...]] = {
    "two-way with overlapping subtotals": (_spec(A, B),),
    "linked pair": (_spec(B, C), _spec(C, D)),
    "ring of three": (_spec(B, C), _spec(C, D), _spec(D, B)),
    "three-way": (_spec(B, C, D),),
}
SEVERAL = (_spec(B, M),)


def _types(specs: Sequence[TableSpec]) -> list[Persoon]:
    """Every kind of person that the tables could count: per dimension its categories."""
    used = ((*spec.dimensions, *(dimension for dimension, _ in spec.population)) for spec in specs)
    dimensions = dict.fromkeys(dimension for own in used for dimension in own)
    values = []
    for dimension in dimensions:
        codes = dimension.codes.values
        sizes = range(1, len(codes) + 1) if dimension.multiple else (1,)
        values.append([frozenset(chosen) for size in sizes for chosen in combinations(codes, size)])
    return [dict(zip((d.name for d in dimensions), row, strict=True)) for row in product(*values)]


def _membership(types: Sequence[Persoon], keys: Sequence[Key]) -> np.ndarray:
    """Row per kind of person, column per count."""
    return np.array([[all(persoon[name] & parts for name, parts in key) for key in keys] for persoon in types], int)


def _files(most: int, types: int) -> np.ndarray:
    """Every way to divide at most so many persons over some kinds: one kind more stands for nobody."""
    bars = combinations(range(most + types), types)
    return np.array([[b - a - 1 for a, b in pairwise((-1, *chosen))] for chosen in bars], dtype=np.int16)


def _drawn(data: st.DataObject, types: int, sizes: tuple[int, int]) -> np.ndarray:
    chosen = data.draw(st.lists(st.integers(0, types - 1), min_size=sizes[0], max_size=sizes[1]))
    return np.bincount(chosen, minlength=types)


def _costs(values: np.ndarray, truth: np.ndarray, earlier: Sequence[Sequence[int | None]]) -> np.ndarray:
    """Deviation plus twenty times the change since a count was last published."""
    costs = np.abs(values - truth).sum(axis=-1)
    for count, history in enumerate(zip(*earlier, strict=True)):
        for last in [value for value in history if value is not None][-1:]:
            costs = costs + 20 * abs(values[..., count] - last)
    return costs


def _is_small(before: int, now: int, base: int, threshold: int) -> bool:
    """Smallest change over all pairs of true counts that the values leave, one by one."""
    changes = {n - m for m in _true(before, base) for n in _true(now, base)}
    return min(changes) in range(1, threshold) or max(changes) in range(1 - threshold, 0)


def _true(value: int, base: int) -> list[int]:
    return [n for n in range(value - base + 1, value + base) if n >= 0]


def _left(releases: Sequence[Sequence[int | None]], base: int) -> list[list[Interval]]:
    """What rounded values leave of their counts; one that was not published may be anything."""
    anything = Interval(0, 10**6)
    return [
        [anything if value is None else Interval(max(0, value - base + 1), value + base - 1) for value in values]
        for values in releases
    ]


@pytest.mark.parametrize("name", RELEASES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_of_all_files_that_round_the_truth_safely_the_nearest_is_published(name: str, data: st.DataObject) -> None:
    system, types = build(RELEASES[name]), _types(RELEASES[name])
    membership, base, threshold = _membership(types, system.keys), 2, 3
    files = _files(7, len(types)) @ membership
    earlier: list[tuple[int | None, ...]] = []
    for _ in range(2):
        truth = _drawn(data, len(types), (2, 5)) @ membership
        rounded = controlled_rounding(
            system, truth.tolist(), base=base, earlier=_left(earlier, base), threshold=threshold
        )
        fits = files[((files % base == 0) & (np.abs(files - truth) < base)).all(axis=1)]
        safe = [
            file
            for file in fits
            if not any(
                _is_small(before, now, base, threshold)
                for values in earlier
                for before, now in zip(values, file.tolist(), strict=True)
                if before is not None
            )
        ]
        assert (None in rounded.values) == (not safe) or earlier  # two releases together may prove more
        if None not in rounded.values:
            values = np.array(rounded.values)
            assert (fits == values).all(axis=1).any()
            assert _costs(values, truth, earlier) == _costs(np.array(safe), truth, earlier).min()
        shown = [count for count, value in enumerate(rounded.values) if value is not None]
        assert all(abs(rounded.values[count] - truth[count]) < base for count in shown)
        earlier.append(rounded.values)


def _listed(
    files: np.ndarray, published: Sequence[int | None], base: int, threshold: int, suppressed: frozenset[int]
) -> list[Interval]:
    """Smallest and largest true count over every pair of a rounded and a true file that fits."""
    shown = [count for count in range(len(published)) if count not in suppressed]
    values = files[:, shown]
    fits = (values % base == 0).all(axis=1)
    for column, count in enumerate(shown):
        value = published[count]
        fits &= values[:, column] < threshold if value is None else values[:, column] == value
    is_possible = np.zeros(len(files), dtype=bool)
    for rounded in np.unique(values[fits], axis=0):
        is_possible |= (np.abs(values - rounded) < base).all(axis=1)
    return [Interval(int(column.min()), int(column.max())) for column in files[is_possible].T]


def _attacked(
    data: st.DataObject, specs: Sequence[TableSpec], base: int, threshold: int
) -> tuple[tuple[Interval, ...], list[Interval], np.ndarray]:
    """Bounds by program and by listing, and the truth, of a rounded release with a few counts suppressed."""
    system, types = build(specs), _types(specs)
    membership = _membership(types, system.keys)
    truth = _drawn(data, len(types), (2, 5)) @ membership
    values = controlled_rounding(system, truth.tolist(), base=base, threshold=threshold).values
    published = [None if value is not None and value < threshold else value for value in values]
    chosen = data.draw(st.sets(st.integers(0, len(values) - 1), max_size=3))
    suppressed = {count for count, value in enumerate(values) if value is None} | chosen
    suppressed = frozenset(count for count in suppressed if system.keys[count])
    most = max(threshold - 1, *(value or 0 for value in values)) + base - 1
    files = _files(most, len(types)) @ membership
    found = rounded_intervals(system, published, base=base, threshold=threshold, suppressed=suppressed)
    return found, _listed(files, published, base, threshold, suppressed), truth


@pytest.mark.parametrize("name", RELEASES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_an_attacker_who_lists_every_pair_of_files_finds_the_same_bounds(name: str, data: st.DataObject) -> None:
    base, threshold = data.draw(st.sampled_from([(2, 3), (2, 4), (3, 4)]))
    found, listed, truth = _attacked(data, RELEASES[name], base, threshold)
    assert list(found) == listed
    assert all(bounds.low <= n <= bounds.high for bounds, n in zip(found, truth, strict=True))
    if 2 * base - 1 >= threshold:
        assert not any(bounds.low >= 1 and bounds.high < threshold for bounds in found)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_persons_in_several_categories_are_safe_as_well(data: st.DataObject) -> None:
    base, threshold = data.draw(st.sampled_from([(2, 3), (3, 4), (3, 5)]))
    found, listed, truth = _attacked(data, SEVERAL, base, threshold)
    for bounds, inner, n in zip(found, listed, truth, strict=True):
        assert bounds.low <= inner.low <= n <= inner.high <= bounds.high
        assert inner.low == 0 or inner.high >= threshold


def test_a_release_tells_no_more_about_a_count_than_its_own_value() -> None:
    system, membership = build(LINKED), _membership(_types(LINKED), build(LINKED).keys)
    truth = (_months(2019, 1)[0] @ membership).tolist()
    small: dict[int, int] = {}
    for base in (5, 6, 10):
        values = controlled_rounding(system, truth, base=base).values
        shown = [None if value is not None and value < 10 else value for value in values]
        found = rounded_intervals(system, shown, base=base, threshold=10)
        small[base] = sum(bounds.low >= 1 and bounds.high < 10 for bounds in found)
        for value, bounds in zip(shown, found, strict=True):
            assert value is None or bounds == Interval(max(0, value - base + 1), value + base - 1)
    # A rounded five is between one and nine, and where a five was left out can be derived.
    assert small[5] > 0
    assert small[6] == small[10] == 0


def test_in_three_dimensions_a_count_may_have_to_be_held_back() -> None:
    """No file of persons rounds these three persons to even numbers (after Causey, Cox and Ernst, 1985)."""
    system, types = build(RELEASES["three-way"]), _types(RELEASES["three-way"])
    truth = np.array([1, 0, 0, 1, 0, 1, 0, 0]) @ _membership(types, system.keys)
    rounded = controlled_rounding(system, truth.tolist(), base=2, threshold=3)
    assert rounded.values.count(None) == 1
    assert len(system.keys[rounded.values.index(None)]) == 3


def test_a_count_without_a_safe_value_is_held_back_until_it_has_one() -> None:
    system = build([_spec(B)])
    earlier: list[tuple[int | None, ...]] = []
    for growth in (0, 9, 10, 20, 30):
        earlier.append(
            controlled_rounding(system, [20, 410 + growth, 430 + growth], base=5, earlier=_left(earlier, 5)).values
        )
    assert [values[0] for values in earlier] == [20] * 5
    assert [values[2] for values in earlier] == [430, 435, None, None, 460]


def test_a_value_stays_while_the_truth_is_within_reach() -> None:
    system = build([_spec(B)])
    first = controlled_rounding(system, [20, 30, 50], base=5).values
    assert first == (20, 30, 50)
    assert controlled_rounding(system, [24, 30, 54], base=5, earlier=_left([first], 5)).values == first
    # Latest last, and a count that was held back keeps the value before.
    again = [first, (25, 30, 55), (None, 30, 55)]
    assert controlled_rounding(system, [24, 30, 54], base=5, earlier=_left(again, 5)).values == (25, 30, 55)


def test_what_two_values_prove_is_what_counting_proves() -> None:
    for base, before, now in product((2, 3, 5), range(31), range(31)):
        if before % base == now % base == 0:
            assert proves_change(_left([[before]], base)[0][0], now, base, 10) == _is_small(before, now, base, 10)


def test_counts_that_contradict_each_other_are_refused() -> None:
    system = build([_spec(B)])
    with pytest.raises(DisclosureFailure, match="contradict"):
        rounded_intervals(system, [20, 20, 50], base=10, threshold=10)
    with pytest.raises(DisclosureFailure, match="contradict"):
        controlled_rounding(system, [20, 30, 51], base=5)
    with pytest.raises(DisclosureFailure, match="multiple"):
        rounded_intervals(system, [20, 31, 51], base=10, threshold=10)
    before = [Interval(value, value) for value in (20, 20, 50)]
    with pytest.raises(DisclosureFailure, match="two releases contradict"):
        controlled_rounding(system, [20, 30, 50], base=5, earlier=[before])


LINKED = (_spec(_dimension("a", 5), _dimension("b", 4)), _spec(_dimension("b", 4), _dimension("c", 8)))
"""Two linked tables of 75 cells."""


def _months(seed: int, months: int, leavers: int = 3, joiners: int = 4) -> list[np.ndarray]:
    """Persons per kind, month by month: 430 to begin with."""
    rng = np.random.default_rng(seed)
    one, other, third = (rng.dirichlet([2] * size) for size in (5, 4, 8))
    chances = np.kron(np.kron(one, other), third)
    files = [rng.multinomial(430, chances)]
    for _ in range(months - 1):
        left = rng.multivariate_hypergeometric(files[-1], leavers)
        files.append(files[-1] - left + rng.multinomial(joiners, chances))
    return files


class _Auditor:
    """Who stayed, left and joined, per kind of person: the least that the values of two releases leave."""

    def __init__(self, membership: np.ndarray) -> None:
        self.membership = membership
        self.kinds, self.counts = membership.shape
        stayed_left, stayed_joined = ([1, 1, 0], [1, 0, 1])
        rows = np.vstack([np.kron(files, membership.T) for files in (stayed_left, stayed_joined)])
        self.solver = highspy.Highs()
        self.solver.silent()
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = 3 * self.kinds, 2 * self.counts
        lp.col_cost_, lp.col_lower_ = np.zeros(3 * self.kinds), np.zeros(3 * self.kinds)
        lp.col_upper_ = np.full(3 * self.kinds, 1e6)
        lp.row_lower_, lp.row_upper_ = np.zeros(2 * self.counts), np.zeros(2 * self.counts)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *rows.astype(bool).sum(axis=1)])
        lp.a_matrix_.index_, lp.a_matrix_.value_ = np.nonzero(rows)[1], np.ones(np.count_nonzero(rows))
        self.solver.passModel(lp)

    def changes(self, before: Sequence[int | None], now: Sequence[int | None], reach: int) -> Iterator[int]:
        """Leavers per count that are proven, then joiners; 0 is not proven."""
        for row, value in enumerate(chain(before, now)):
            bounds = (0, 1e6) if value is None else (max(0, value - reach), value + reach)
            self.solver.changeRowBounds(row, *bounds)
        for file in (1, 2):
            # Where nobody has to change at all, nobody has to change in any count.
            least = self._least(file, np.ones(self.kinds))
            for count in range(self.counts):
                if least[count] > 1e-6:
                    least = np.minimum(least, self._least(file, self.membership[:, count]))
                yield int(np.ceil(least[count] - 1e-6))

    def _least(self, file: int, kinds: np.ndarray) -> np.ndarray:
        costs = np.zeros((3, self.kinds))
        costs[file] = kinds
        self.solver.changeColsCost(costs.size, np.arange(costs.size, dtype=np.int32), costs.ravel())
        self.solver.run()
        assert self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        persons = np.array(self.solver.getSolution().col_value).reshape(3, self.kinds)[file]
        return persons @ self.membership


def _small_changes(auditor: _Auditor, releases: Sequence[Sequence[int | None]], reach: int) -> int:
    """How often two releases prove that 1 to 9 persons left or joined."""
    pairs = combinations(releases, 2)
    return sum(0 < change < 10 for before, now in pairs for change in auditor.changes(before, now, reach))


def _series(system: System, truths: Sequence[np.ndarray], base: int) -> list[tuple[int | None, ...]]:
    releases: list[tuple[int | None, ...]] = []
    for truth in truths:
        releases.append(controlled_rounding(system, truth.tolist(), base=base, earlier=_left(releases, base)).values)
    return releases


@pytest.fixture(scope="module")
def linked() -> tuple[System, _Auditor]:
    system = build(LINKED)
    return system, _Auditor(_membership(_types(LINKED), system.keys))


def _deviation(releases: Sequence[Sequence[int | None]], truths: Sequence[np.ndarray]) -> float:
    pairs = zip(chain.from_iterable(releases), chain.from_iterable(truths), strict=True)
    return float(np.mean([abs(value - truth) for value, truth in pairs if value is not None]))


@pytest.mark.parametrize(("base", "months", "deviation"), [(5, 6, 1.5), (10, 12, 3.1)])
def test_no_two_releases_prove_who_came_or_went(linked, base: int, months: int, deviation: float) -> None:
    system, auditor = linked
    deviations = []
    for seed in range(3):
        truths = [file @ auditor.membership for file in _months(seed, months)]
        releases = _series(system, truths, base)
        assert _small_changes(auditor, releases, base - 1) == 0
        assert not any(None in values for values in releases)
        deviations.append(_deviation(releases, truths))
    assert np.mean(deviations) <= deviation


def test_exact_counts_and_plain_rounding_prove_a_lot(linked) -> None:
    """Or the auditor would see nothing."""
    _, auditor = linked
    truths = [file @ auditor.membership for file in _months(0, 6)]
    nearest = [(np.rint(truth / 5).astype(int) * 5).tolist() for truth in truths]
    assert _small_changes(auditor, [truth.tolist() for truth in truths], 0) > 300
    assert _small_changes(auditor, nearest, 2) > 100


def test_a_file_that_grows_fast_costs_counts_but_proves_nothing(linked) -> None:
    system, auditor = linked
    releases = _series(system, [file @ auditor.membership for file in _months(0, 12, joiners=10)], 5)
    assert _small_changes(auditor, releases, 4) == 0
    assert 0 < max(values.count(None) for values in releases) <= 15


def test_the_real_tables_are_rounded_together() -> None:
    system, rng = build(SIX), np.random.default_rng(2019)
    dimensions = {d.name: d for spec in SIX for d in (*spec.dimensions, *(d for d, _ in spec.population))}
    personen = [
        {
            name: frozenset(rng.choice(d.codes.values, 2 if d.multiple else 1, replace=False).tolist())
            for name, d in dimensions.items()
        }
        for _ in range(430)
    ]
    truth = _membership(personen, system.keys).sum(axis=0)
    additive = [spec for spec in SIX if not any(dimension.multiple for dimension in spec.dimensions)]
    counts = sorted({place for spec in additive for place in system.places[SIX.index(spec)]})
    kinds = _membership(_types(additive), [system.keys[count] for count in counts])
    for base, most in ((5, 1.5), (10, 3.0)):
        values = controlled_rounding(system, truth.tolist(), base=base).values
        assert values == controlled_rounding(system, truth.tolist(), base=base).values
        assert None not in values
        assert np.abs(np.array(values) - truth).max() < base
        assert _deviation([values], [truth]) <= most
        # Some weights of all kinds of persons add up to them, so they solve every equation that persons solve.
        shown = np.array(values, dtype=float)[counts]
        assert np.abs(kinds.T @ np.linalg.lstsq(kinds.T, shown, rcond=None)[0] - shown).max() < 1e-6
