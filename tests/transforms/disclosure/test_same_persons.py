"""Tables that are asked one after another about the same persons: together they are one release to an attacker.

The attacker here shares no code with the product: a linear program over the full joint of all dimensions, with every
published cell of the whole sequence as a row.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import product

import highspy
import numpy as np
import polars as pl
import pytest

from schemas.codes import Code, CodeList
from schemas.errors import DeclarationsDiffer, DeliveriesDiffer, DisclosureFailure, MethodsDiffer
from schemas.profiles import STANDAARD
from schemas.specs import Dimension, DisclosureProfile, Method, Subtotal, TableSpec
from schemas.states import Released
from transforms.counting.aggregate import count_records
from transforms.disclosure import SameFile
from transforms.disclosure.over_time.history import History, Publication
from transforms.disclosure.over_time.next_release import Occasion, make_next, protect_next, same_day

DAY = date(2019, 7, 1)
Cell = tuple[tuple[str, frozenset[str]], ...]


def _dimension(name: str, values: str, *subtotals: str) -> Dimension:
    codes = CodeList(id=name, codes=tuple(Code(code=value, label=value) for value in values), source="test")
    return Dimension(
        name=name,
        title=name,
        codes=codes,
        subtotals=tuple(Subtotal(code=one, label=one, parts=tuple(one)) for one in subtotals),
    )


A, B, C, D = (
    _dimension("a", "xyz", "xy", "yz"),
    _dimension("b", "pqr"),
    _dimension("c", "klm", "kl"),
    _dimension("d", "uv"),
)
ALL = (A, B, C, D)
EVERYTHING = {one.name: frozenset(one.codes.values) for one in ALL}


def _spec(
    name: str, *dimensions: Dimension, of: tuple[tuple[Dimension, str], ...] = (), rounds: bool = False
) -> TableSpec:
    method = DisclosureProfile(Method.ROUND) if rounds else DisclosureProfile()
    return TableSpec(name, "", "", dimensions, of, disclosure=method)


MAIN = (_spec("T1", A, B), _spec("T2", C))
SEEDS = (0, 1, *(pytest.param(seed, marks=pytest.mark.nightly) for seed in (2, 3)))
REQUESTS = (
    _spec("V1", A, C),
    _spec("V2", A, C, of=((B, "p"),)),
    _spec("V3", B, C),
    _spec("V4", A, D),
    _spec("V5", D, of=((A, "xy"),)),
    _spec("V6", D, of=((A, "yz"),)),
    _spec("V7", C, D),
    _spec("V8", B, D),
    _spec("V9", C, of=((A, "x"),)),
    _spec("V10", D, of=((C, "kl"),)),
)


def _persons(seed: int, size: int = 320) -> pl.DataFrame:
    """Unequal shares, so that tables have cells of every size."""
    chosen = np.random.default_rng(seed)
    columns = {one.name: chosen.choice(one.codes.values, size, p=_SHARES[len(one.codes.values)]) for one in ALL}
    return pl.DataFrame({"persoon_id": [str(number) for number in range(size)], **columns})


_SHARES = {3: (0.8, 0.16, 0.04), 2: (0.83, 0.17)}


def _asked(frame: pl.DataFrame, specs: Sequence[TableSpec], earlier: Sequence[Publication]) -> Publication:
    history, occasion = History(earlier), Occasion(lambda _: f"{specs[0].id}", DAY)
    again = [count_records(frame, table.spec) for table in same_day(history, occasion)]
    counted = [count_records(frame, spec) for spec in specs]
    return make_next(counted, STANDAARD, history, occasion, 1e6, again=again, file=SameFile(persons=frame)).publication


def _one_after_another(frame: pl.DataFrame, requests: Sequence[TableSpec]) -> list[Publication]:
    """The main release, and every request that is not refused."""
    published = [_asked(frame, MAIN, ())]
    for spec in requests:
        try:
            published.append(_asked(frame, [spec], published))
        except DisclosureFailure:
            continue
    return published


def _cells(table: Released) -> list[tuple[Cell, int | None]]:
    found = []
    for *levels, value, _, _, _ in table.frame.rows():
        pairs = [*zip(table.spec.dimensions, levels, strict=True), *table.spec.population]
        found.append((tuple((one.name, frozenset(one.parts(level))) for one, level in pairs), value))
    return found


def _attacked(cells: Sequence[tuple[Cell, int | None]]) -> dict[Cell, tuple[int, int]]:
    """Lowest and highest value of every cell that some table leaves blank."""
    joint = list(product(*(one.codes.values for one in ALL)))
    names = [one.name for one in ALL]

    def members(cell: Cell) -> np.ndarray:
        kept = [all(dict(zip(names, kind, strict=True))[name] in parts for name, parts in cell) for kind in joint]
        return np.flatnonzero(kept).astype(np.int32)

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.addVars(len(joint), np.zeros(len(joint)), np.full(len(joint), highspy.kHighsInf))
    for cell, value in cells:
        if value is not None:
            taken = members(cell)
            solver.addRow(value, value, len(taken), taken, np.ones(len(taken)))
    found = {}
    for cell in dict.fromkeys(cell for cell, value in cells if value is None):
        ends = []
        for way in (1.0, -1.0):
            costs = np.zeros(len(joint))
            costs[members(cell)] = way
            solver.changeColsCost(len(joint), np.arange(len(joint), dtype=np.int32), costs)
            solver.run()
            assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
            ends.append(way * solver.getObjectiveValue())
        found[cell] = (int(np.ceil(ends[0] - 1e-6)), int(np.floor(ends[1] + 1e-6)))
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_ten_requests_do_not_difference_out_a_cell(seed: int) -> None:
    frame = _persons(seed)
    order = [REQUESTS[place] for place in np.random.default_rng(seed).permutation(len(REQUESTS))]
    published = _one_after_another(frame, order)
    assert len(published) > 3, "a mechanism that refuses everything is safe and of no use"
    cells = [cell for one in published for table in one.tables for cell in _cells(table)]
    bounds = _attacked(cells)
    assert bounds
    for low, high in bounds.values():
        assert high >= 10
        assert high - low >= 10
    stated = {}
    for table in published[-1].tables:
        for (cell, value), ends in zip(_cells(table), table.frame.select("low", "high").rows(), strict=True):
            stated |= {cell: ends} if value is None else {}
    assert {cell: bounds[cell] for cell in stated} == stated, "nothing is tighter, or wider, than what is printed"


@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_published_and_what_was_blank_stay_so(seed: int) -> None:
    frame = _persons(seed)
    seen: dict[Cell, int | None] = {}
    for one in _one_after_another(frame, REQUESTS):
        for cell, value in (cell for table in one.tables for cell in _cells(table)):
            # A count without a dimension and one over all of its categories are the same.
            count = tuple(sorted((name, parts) for name, parts in cell if parts != EVERYTHING[name]))
            assert seen.setdefault(count, value) == value


def test_without_what_was_published_before_the_same_request_would_tell() -> None:
    """The attacker of this module sees it: tables that were made safe apart give cells away together."""
    found = []
    for seed in range(4):
        frame = _persons(seed)
        apart = [
            protect_next(
                [count_records(frame, spec) for spec in specs],
                STANDAARD,
                History(),
                Occasion(lambda _: "x", DAY),
                file=SameFile(persons=frame),
            )
            for specs in (MAIN, REQUESTS[:1], REQUESTS[4:5], REQUESTS[5:6])
        ]
        cells = [cell for one in apart for table in one.publication.tables for cell in _cells(table)]
        found += [high - low for low, high in _attacked(cells).values()]
    assert min(found) < 10


def test_the_same_request_again_is_the_same_release() -> None:
    frame = _persons(1)
    main = _asked(frame, MAIN, ())
    first, second = (_asked(frame, REQUESTS[:1], [main]) for _ in range(2))
    assert [t.frame.rows() for t in first.tables] == [t.frame.rows() for t in second.tables]


def test_corrected_deliveries_do_not_answer_a_request() -> None:
    frame = _persons(1)
    main = _asked(frame, MAIN, ())
    corrected = frame.with_columns(a=pl.when(pl.col("persoon_id") == "7").then(pl.lit("z")).otherwise(pl.lit("x")))
    with pytest.raises(DeliveriesDiffer, match="corrected since"):
        _asked(corrected, REQUESTS[:1], [main])


def test_an_exact_table_does_not_go_with_rounded_ones() -> None:
    frame = _persons(1)
    main = _asked(frame, [_spec("T1", A, B, rounds=True)], ())
    with pytest.raises(MethodsDiffer, match="--profile"):
        _asked(frame, REQUESTS[:1], [main])


def test_a_dimension_that_was_declared_otherwise_is_named() -> None:
    frame = _persons(1)
    main = _asked(frame, MAIN, ())
    other = replace(A, codes=replace(A.codes, codes=(*A.codes.codes, Code(code="w", label="w"))))
    with pytest.raises(DeclarationsDiffer, match=r"declares a otherwise"):
        _asked(frame, [_spec("V1", other, C)], [main])


def test_a_rounded_request_keeps_the_multiples_that_were_published() -> None:
    frame = _persons(2)
    main = _asked(frame, [_spec("T1", A, B, rounds=True)], ())
    asked = _asked(frame, [_spec("V1", A, C, rounds=True)], [main])
    before, now = (dict(_cells(one.tables[0])) for one in (main, asked))
    of_a = {one[1]: value for (one, other), value in before.items() if other[1] == EVERYTHING["b"]}
    assert of_a == {one[1]: value for (one, other), value in now.items() if other[1] == EVERYTHING["c"]}
    truth = count_records(frame, _spec("V1", A, C)).frame["aantal"]
    bounds = asked.tables[0].frame.select("low", "high").rows()
    assert all(low <= true <= high for true, (low, high) in zip(truth, bounds, strict=True))


def test_a_count_that_was_published_is_not_taken_back() -> None:
    """A request whose own rule would hide a count that everybody knows is refused, not answered with a hole."""
    frame = _persons(1).filter(pl.col("a") != "z")
    main = _asked(frame, [_spec("T1", A)], ())
    assert _cells(main.tables[0])[2][1] == 0
    assert _asked(frame, [_spec("V1", A)], [main]).tables
    strict = replace(_spec("V1", A), disclosure=DisclosureProfile(sensitive=(A,)))
    with pytest.raises(DisclosureFailure):
        _asked(frame, [strict], [main])


def test_the_pattern_is_of_the_counts_that_are_asked_now() -> None:
    frame = _persons(2)
    history = History([_asked(frame, MAIN, ())])
    again = [count_records(frame, spec) for spec in MAIN]
    occasion, counted = Occasion(lambda _: "V", DAY), [count_records(frame, REQUESTS[0])]
    made = make_next(counted, STANDAARD, history, occasion, again=again, file=SameFile(persons=frame))
    (table,) = made.protected.released
    blank = table.frame["status"].to_list().count("Q")
    assert 0 < len(made.protected.suppression.counts) <= blank
