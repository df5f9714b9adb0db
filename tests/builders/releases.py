"""Made-up files of persons, counted by plain Python, and releases of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, combinations, product

import numpy as np
import polars as pl

from schemas.codes import Code, CodeList
from schemas.profiles import STANDAARD
from schemas.specs import Dimension, Subtotal, TableSpec
from schemas.states import Counted, Released
from schemas.tables.dimensions import LEEFTIJDSKLASSE, PRODUCTCATEGORIE, REGELING, TREDE
from transforms.disclosure.model.solver import CAP
from transforms.disclosure.over_time.history import Publication

TINY = replace(STANDAARD, threshold=3, minimum_width=3)

Persoon = dict[str, str | frozenset[str]]


def dimension_of(name: str, values: str, *subtotals: str, multiple: bool = False) -> Dimension:
    codes = CodeList(id=name, codes=tuple(Code(code=value, label=value) for value in values), source="test")
    return Dimension(
        name=name,
        title=name,
        codes=codes,
        subtotals=tuple(Subtotal(code=s, label=s, parts=tuple(s)) for s in subtotals),
        multiple=multiple,
    )


A, B, C = dimension_of("a", "xyz", "xy", "yz"), dimension_of("b", "pq"), dimension_of("c", "uv")
M, UNION = dimension_of("m", "kl", multiple=True), dimension_of("n", "klm", "kl", multiple=True)


def spec_of(*dimensions: Dimension, name: str = "T", population: tuple[tuple[Dimension, str], ...] = ()) -> TableSpec:
    return TableSpec(name, "", "", dimensions, population)


RELEASES: dict[str, tuple[TableSpec, ...]] = {
    "one-way": (spec_of(A),),
    "two-way": (spec_of(A, B),),
    "linked pair": (spec_of(A, B), spec_of(C, B)),
    "ring of three": (spec_of(A, B), spec_of(B, C), spec_of(C, A)),
    "several categories per person": (spec_of(A), spec_of(M, population=((A, "yz"),))),
    "several categories by another dimension": (spec_of(B, M),),
}
THREE_WAY = {"three-way": (spec_of(B, C, dimension_of("d", "mn")),)}


def is_in(persoon: Persoon, dimension: Dimension, level: str) -> bool:
    value = persoon[dimension.name]
    return not set(dimension.parts(level)).isdisjoint(value if isinstance(value, frozenset) else {value})


def cells_of(specs: Sequence[TableSpec]) -> list[tuple[tuple[Dimension, str], ...]]:
    return [
        (*zip(spec.dimensions, levels, strict=True), *spec.population)
        for spec in specs
        for levels in product(*(dimension.levels for dimension in spec.dimensions))
    ]


def membership_of(types: Sequence[Persoon], specs: Sequence[TableSpec]) -> np.ndarray:
    """Row per type of person, column per cell of all tables: whether it counts there."""
    return np.array([[all(is_in(one, *pair) for pair in cell) for cell in cells_of(specs)] for one in types], dtype=int)


def types_of(specs: Sequence[TableSpec]) -> list[Persoon]:
    """Every kind of person that the tables could count."""
    dimensions = dict.fromkeys(d for spec in specs for d in (*spec.dimensions, *(d for d, _ in spec.population)))
    values: list[Sequence[str | frozenset[str]]] = []
    for dimension in dimensions:
        codes = dimension.codes.values
        sets = chain.from_iterable(combinations(codes, size) for size in range(1, len(codes) + 1))
        values.append([frozenset(chosen) for chosen in sets] if dimension.multiple else codes)
    return [dict(zip((d.name for d in dimensions), row, strict=True)) for row in product(*values)]


def counted_of(numbers: Sequence[int], types: Sequence[Persoon], specs: Sequence[TableSpec]) -> list[Counted]:
    """The tables of a file with this number of persons of each type."""
    tables = []
    for spec in specs:
        names = [dimension.name for dimension in spec.dimensions]
        rows = product(*(dimension.levels for dimension in spec.dimensions))
        frame = pl.DataFrame(list(rows), schema=dict.fromkeys(names, pl.String), orient="row")
        aantal = pl.Series(np.array(numbers) @ membership_of(types, [spec]), dtype=pl.Int64)
        tables.append(Counted(frame.with_columns(aantal=aantal), spec))
    return tables


def residents_of(numbers: Sequence[int], types: Sequence[Persoon]) -> pl.DataFrame:
    """The file with this number of persons of each type: a row per person, several categories as a list."""
    rows = [
        {name: sorted(value) if isinstance(value, frozenset) else value for name, value in one.items()} for one in types
    ]
    return pl.DataFrame([row for row, number in zip(rows, numbers, strict=True) for _ in range(number)])


def tables_of(counts: Sequence[int], specs: Sequence[TableSpec], hide: Callable[[int], bool]) -> tuple[Released, ...]:
    """Tables that show these counts, cell after cell, but for those that are hidden."""
    values = iter([None if hide(int(count)) else int(count) for count in counts])
    return tuple(table_of(spec, values) for spec in specs)


def table_of(spec: TableSpec, values: Iterator[int | None]) -> Released:
    names = [dimension.name for dimension in spec.dimensions]
    rows = [(*levels, next(values)) for levels in product(*(dimension.levels for dimension in spec.dimensions))]
    frame = pl.DataFrame(rows, schema={**dict.fromkeys(names, pl.String), "value": pl.Int64}, orient="row")
    status = pl.when(pl.col("value").is_null()).then(pl.lit("Q")).otherwise(pl.lit("A"))
    low, high = pl.col("value").fill_null(0), pl.col("value").fill_null(int(CAP))
    return Released(frame.with_columns(status=status, low=low, high=high), spec)


def never(_: int) -> bool:
    return False


def is_small(count: int) -> bool:
    return 1 <= count < STANDAARD.threshold


def publication_of(name: str, day: int | None, tables: tuple[Released, ...], *, of: str = "", contains: str = ""):
    peildatum = date(2024, 1, day) if day else None
    return Publication(name, peildatum, of, tables, 10, frozenset(contains.split()))


def key_of(cell: Sequence[tuple[Dimension, str]]) -> tuple:
    """The count of a cell, as `System.keys` writes it."""
    parts: dict[str, frozenset[str]] = {}
    for dimension, level in cell:
        everything = frozenset(dimension.codes.values)
        parts[dimension.name] = parts.get(dimension.name, everything) & frozenset(dimension.parts(level))
        if parts[dimension.name] == everything:
            del parts[dimension.name]
    return tuple(sorted(parts.items()))


MUNICIPALITY = (
    spec_of(LEEFTIJDSKLASSE, REGELING, name="T02"),
    spec_of(TREDE, REGELING, name="T03"),
    spec_of(PRODUCTCATEGORIE, name="T05", population=((REGELING, "wmo_totaal"),)),
)


def drawn_person(rng: np.random.Generator) -> Persoon:
    persoon: Persoon = {
        "leeftijdsklasse": str(rng.choice(LEEFTIJDSKLASSE.codes.values)),
        "regeling": str(rng.choice(REGELING.codes.values, p=[0.6, 0.1, 0.3])),
        "trede": str(rng.choice(TREDE.codes.values)),
    }
    soorten = rng.choice(PRODUCTCATEGORIE.codes.values[:8], rng.integers(1, 3), replace=False)
    return persoon | {
        "productcategorie": frozenset(map(str, soorten)) if persoon["regeling"] != "pwet" else frozenset()
    }


def drawn_months(number: int, seed: int = 1) -> list[list[Persoon]]:
    """430 residents; every month three leave and four come."""
    rng = np.random.default_rng(seed)
    months = [[drawn_person(rng) for _ in range(430)]]
    for _ in range(number - 1):
        stayed = [months[-1][place] for place in sorted(rng.permutation(len(months[-1]))[3:])]
        months.append([*stayed, *(drawn_person(rng) for _ in range(4))])
    return months


def monthly(personen: Sequence[Persoon], month: int, hide: Callable[[int], bool] = never, specs=MUNICIPALITY):
    counts = membership_of(personen, specs).sum(axis=0)
    return Publication(f"m{month:02}", date(2024, month, 1), "", tables_of(counts, specs, hide), 10)
