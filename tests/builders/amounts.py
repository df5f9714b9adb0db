"""Made-up amounts of persons, and attackers of their sums who share no code with the search.

`Outsider` is a linear program over the full joint of the tables; `problems_of` adds up the microdata in
plain Python. Both know the declarations and the persons only.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import product

import highspy
import numpy as np
import polars as pl

from schemas.specs import TOTAAL, Dimension, TableSpec
from schemas.specs.sums import SumProfile
from schemas.states import Released, ReleasedSums, Summed
from tests.builders.releases import dimension_of
from transforms.disclosure.sums.magnitude import sums

Persoon = dict[str, str | int]
Cell = dict[str, frozenset[str]]


def spec_of(*dimensions: Dimension) -> TableSpec:
    return TableSpec("T", "", "", dimensions)


A, B, C = dimension_of("a", "wxyz", "wx", "wxy"), dimension_of("b", "pq"), dimension_of("c", "stu", "st")
M = dimension_of("m", "kl", multiple=True)
RELEASES = {
    "one-way": (spec_of(A),),
    "two-way": (spec_of(C, B),),
    "linked pair": (spec_of(C, B), spec_of(dimension_of("d", "fgh"), B)),
    "three-way": (spec_of(B, dimension_of("e", "mn"), dimension_of("f", "vw")),),
}


def cells_of(spec: TableSpec) -> list[Cell]:
    levels = product(*(dimension.levels for dimension in spec.dimensions))
    return [{d.name: frozenset(d.parts(one)) for d, one in zip(spec.dimensions, row, strict=True)} for row in levels]


def is_in(persoon: Persoon, cell: Cell) -> bool:
    return all(persoon[name] in parts for name, parts in cell.items())


def contributions_of(personen: Sequence[Persoon], cell: Cell) -> list[int]:
    """Contributions to a cell, largest first."""
    return sorted((int(p["bedrag"]) for p in personen if p["bedrag"] and is_in(p, cell)), reverse=True)


def breaks_a_rule(own: Sequence[int], profile: SumProfile) -> bool:
    if not own:
        return False
    few = len(own) < profile.contributors
    return few or max(own) * 100 > profile.dominance_pct * sum(own) or sum(own[2:]) * 100 < profile.p_pct * own[0]


def summed_of(personen: Sequence[Persoon], specs: Sequence[TableSpec]) -> list[Summed]:
    return [Summed(sums(pl.DataFrame(personen), spec, "bedrag", None), spec) for spec in specs]


def counts_of(personen: Sequence[Persoon], specs: Sequence[TableSpec], hidden: Sequence[Cell] = ()) -> list[Released]:
    tables = []
    for spec in specs:
        frame = pl.DataFrame(
            list(product(*(d.levels for d in spec.dimensions))), schema=[d.name for d in spec.dimensions], orient="row"
        )
        aantal = [None if cell in hidden else sum(is_in(p, cell) for p in personen) for cell in cells_of(spec)]
        value = pl.Series(aantal, dtype=pl.Int64)
        status = pl.Series(["Q" if one is None else "A" for one in aantal])
        high = value.fill_null(len(personen))
        tables.append(Released(frame.with_columns(value=value, status=status, low=value.fill_null(0), high=high), spec))
    return tables


class Outsider:
    """A linear program over all combinations of categories."""

    def __init__(self, released: Sequence[ReleasedSums], counted: Sequence[Released], whole: bool = False) -> None:
        dimensions = {d.name: d for table in released for d in table.spec.dimensions}
        names = list(dimensions)
        self.kinds = [
            dict(zip(names, row, strict=True)) for row in product(*(d.codes.values for d in dimensions.values()))
        ]
        self.solver = highspy.Highs()
        self.solver.silent()
        kind = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
        self.amounts = [self.solver.addVariable(lb=0, ub=1e9, type=kind) for _ in self.kinds]
        for table, counts in zip(released, counted, strict=True):
            values, persons = table.frame["value"], counts.frame["value"]
            for cell, value, number in zip(cells_of(table.spec), values, persons, strict=True):
                if value is not None or number == 0:
                    self.solver.addConstr(self.sum(cell) == (value or 0))

    def sum(self, cell: Cell) -> object:
        return self.solver.qsum(
            amount for amount, kind in zip(self.amounts, self.kinds, strict=True) if is_in(kind, cell)
        )

    def ends(self, cell: Cell) -> tuple[float, float]:
        def end(ask: Callable[[object], object]) -> float:
            ask(self.sum(cell))
            assert self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
            return self.solver.getObjectiveValue()

        return end(self.solver.minimize), end(self.solver.maximize)


def pairs_of(released: Sequence[ReleasedSums]) -> list[tuple[Cell, int | None]]:
    return [pair for table in released for pair in zip(cells_of(table.spec), table.frame["value"], strict=True)]


def is_open(low: float, high: float, som: int, known: int, profile: SumProfile) -> bool:
    """Whether what is in a sum beside one's own is open on both sides."""
    if known == som > 0:
        return True
    share = profile.interval_pct * (som - known) / 100
    return high >= som + max(share, som == 0) - 1e-6 and low <= som - share + 1e-6


def problems_of(
    personen: Sequence[Persoon],
    released: Sequence[ReleasedSums],
    counted: Sequence[Released],
    profile: SumProfile,
    whole: bool = False,
) -> Iterator[str]:
    """Every promise that a release breaks."""
    outsider = Outsider(released, counted, whole)
    pairs = pairs_of(released)
    if any(value is None and (cell, 0) in pairs_of(counted) for cell, value in pairs):
        yield "blank"
    hidden = [cell for cell, value in pairs if value is None]
    unknown = [cell for cell, value in pairs_of(counted) if value is None]
    for cell, value in pairs:
        own = contributions_of(personen, cell)
        is_nothing = value == 0 and any(is_in(persoon, cell) for persoon in personen)
        if value is not None and (value != sum(own) or breaks_a_rule(own, profile) or cell in unknown or is_nothing):
            yield "publishes"
        if value is None and not is_open(*outsider.ends(cell), sum(own), 0, profile):
            yield "estimated"
    yield from insiders_of(personen, outsider, hidden, released, profile)
    for left in rests_of(released, hidden):
        if breaks_a_rule([one for cell in left for one in contributions_of(personen, cell)], profile):
            yield "left"


def insiders_of(personen, outsider: Outsider, hidden, released, profile: SumProfile) -> Iterator[str]:
    """Everybody who is the largest in a suppressed cell without totals."""
    for spec in (table.spec for table in released):
        for cell in cells_of(spec):
            own = contributions_of(personen, cell)
            if cell not in hidden or not own or any(len(parts) > 1 for parts in cell.values()):
                continue
            knows = outsider.solver.addConstr(outsider.sum(cell) >= own[0])
            alone = outsider.solver.addConstr(outsider.sum(cell) <= (own[0] if len(own) == 1 else 1e9))
            insider = next(p for p in personen if is_in(p, cell) and p["bedrag"] == own[0])
            for other in (other for other in hidden if other != cell):
                known = own[0] * is_in(insider, other)
                if not is_open(*outsider.ends(other), sum(contributions_of(personen, other)), known, profile):
                    yield "insider"
            outsider.solver.removeConstr(alone)
            outsider.solver.removeConstr(knows)


def rests_of(released, hidden) -> Iterator[list[Cell]]:
    """What remains of a published total of a row when the published categories are taken off."""
    for spec in (table.spec for table in released):
        for dimension in spec.dimensions:
            totals = [cell for cell in cells_of(spec) if cell[dimension.name] == frozenset(dimension.parts(TOTAAL))]
            for total in (total for total in totals if total not in hidden):
                row = [{**total, dimension.name: frozenset(value)} for value in dimension.codes.values]
                yield [cell for cell in row if cell in hidden]


def drawn_personen(specs: Sequence[TableSpec], numbers: Sequence[int], seed: int, most: int = 40) -> list[Persoon]:
    """This many persons per combination of categories, with skewed amounts."""
    rng = np.random.default_rng(seed)
    dimensions = {d.name: d for spec in specs for d in spec.dimensions}
    kinds = product(*(d.codes.values for d in dimensions.values()))
    return [
        {**dict(zip(dimensions, kind, strict=True)), "bedrag": int(min(most, rng.pareto(1) * 4))}
        for kind, number in zip(kinds, numbers, strict=True)
        for _ in range(number)
    ]


def size_of(specs: Sequence[TableSpec]) -> int:
    return int(np.prod([len(d.codes.values) for d in {d.name: d for spec in specs for d in spec.dimensions}.values()]))
