"""A supplier subtracts his own invoices: what is left of any sum is nothing, or hides whom it is of."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl
import pytest

from pia.checks.amounts import no_sum_gives_a_person_away
from schemas.specs import TableSpec
from schemas.specs.sums import SumProfile
from schemas.states import SEAL, Pseudonymised, Summed
from schemas.tables.sums import SUMS
from tests.builders.amounts import (
    Cell,
    Outsider,
    Persoon,
    breaks_a_rule,
    cells_of,
    counts_of,
    is_in,
    is_open,
    spec_of,
    summed_of,
)
from tests.builders.releases import dimension_of
from transforms.counting.aggregate import sum_amounts, sum_without_suppliers
from transforms.disclosure.sums.magnitude import ProtectedSums, protect_sums
from transforms.persons import costs
from transforms.persons.costs import traject_invoices, wmo_invoices

D = date
PROFILE = SumProfile(money=False, contributors=10)
SOORT, LEEFTIJD = dimension_of("soort", "xyz"), dimension_of("leeftijd", "pqr", "pq")
TABLES = {
    "one-way": (spec_of(SOORT),),
    "two tables": (spec_of(SOORT), spec_of(LEEFTIJD)),
    "crossed": (spec_of(SOORT, LEEFTIJD),),
}
PRODUCTS = {"x": ("x1",), "y": ("y1", "y2", "y3"), "z": ("z1", "z2")}


def _rows(seed: int, size: int) -> list[Persoon]:
    """Amounts of one product each; some products are rare, and some amounts large."""
    rng = np.random.default_rng(seed)
    rows: list[Persoon] = []
    for _ in range(size):
        soort = str(rng.choice(["x", "y", "z"]))
        products = PRODUCTS[soort]
        product = products[min(int(rng.geometric(0.8)) - 1, len(products) - 1)]
        amount = int(min(100, 1 + rng.pareto(1.2) * 4))
        rows.append({"soort": soort, "leeftijd": str(rng.choice(list("pqr"))), "product": product, "bedrag": amount})
    return rows


def _without(rows: Sequence[Persoon], product: str) -> list[Persoon]:
    return [{**row, "bedrag": 0 if row["product"] == product else row["bedrag"]} for row in rows]


def _protected(rows: Sequence[Persoon], specs: Sequence[TableSpec], *, suppliers: bool = True) -> ProtectedSums:
    products = sorted({str(row["product"]) for row in rows})
    by_supplier = [summed_of(_without(rows, product), specs) for product in products] if suppliers else []
    return protect_sums(summed_of(rows, specs), counts_of(rows, specs), PROFILE, effort=1e7, by_supplier=by_supplier)


def _learned(rows: Sequence[Persoon], specs: Sequence[TableSpec], made: ProtectedSums) -> list[str]:
    """Return what each supplier learns by subtracting, and by a linear program over all combinations."""
    learned = []
    for product in sorted({str(row["product"]) for row in rows}):
        rest = _without(rows, product)
        outsider = Outsider(made.released, counts_of(rows, specs))
        # He knows what he was paid of everybody, so of each combination at least that.
        for amount, kind in zip(outsider.amounts, outsider.kinds, strict=True):
            outsider.solver.addConstr(amount >= _total(rows, kind) - _total(rest, kind))
        for table in made.released:
            for cell, value in zip(cells_of(table.spec), table.frame["value"], strict=True):
                left = sorted((int(row["bedrag"]) for row in rest if is_in(row, cell) and row["bedrag"]), reverse=True)
                own = _total_in(rows, cell) - sum(left)
                if value is not None and breaks_a_rule(left, PROFILE):
                    learned.append(f"{product}: subtracts")
                if value is None and left:
                    low, high = outsider.ends(cell)
                    if not is_open(low - own, high - own, sum(left), 0, PROFILE):
                        learned.append(f"{product}: estimates")
    return learned


def _total(rows: Sequence[Persoon], kind: dict[str, str]) -> int:
    return sum(int(row["bedrag"]) for row in rows if all(row[name] == value for name, value in kind.items()))


def _total_in(rows: Sequence[Persoon], cell: Cell) -> int:
    return sum(int(row["bedrag"]) for row in rows if is_in(row, cell))


@pytest.mark.parametrize("name", TABLES)
def test_no_supplier_learns_of_others(name: str) -> None:
    specs, beaten = TABLES[name], 0
    for seed in range(12):
        rows = _rows(seed, 80 + 15 * seed)
        beaten += bool(_learned(rows, specs, _protected(rows, specs, suppliers=False)))
        assert not _learned(rows, specs, _protected(rows, specs)), seed
    assert beaten >= 4


def test_what_is_left_of_one_provision_is_nothing() -> None:
    """A class of one product category hides nobody from its supplier, and nobody else is in it."""
    rows: list[Persoon] = [{"soort": "x", "leeftijd": "p", "product": "x1", "bedrag": 10} for _ in range(30)]
    rows += [{"soort": "z", "leeftijd": "p", "product": "z1", "bedrag": 10} for _ in range(30)]
    made = _protected(rows, TABLES["one-way"])
    assert made.released[0].frame["status"].to_list() == ["A", "A", "A", "A"]


def test_a_supplier_is_who_may_have_sent_the_claim() -> None:
    claims = pl.DataFrame(
        [("p", "11", "D", 500), ("p", "12", "D", 300), ("p", "12", "C", 100), ("q", "02", "D", 50)],
        schema={"persoon_id": pl.String, "productcategorie_code": pl.String, "debetcredit_code": pl.String,
                "bedrag_cent": pl.Int64},
        orient="row",
    ).with_columns(prestatie_eind_datum=D(2019, 5, 31))  # fmt: skip
    found = wmo_invoices(claims, peildatum=D(2019, 7, 1)).select("leverancier", "persoon_id", "kostensoort", "wmo_cent")
    assert found.rows() == [
        ("02", "q", "begeleiding", 50),
        ("11", "p", "overig", 500),
        ("12", "p", "overig", 200),
        ("hulpmiddelen", "p", "overig", 700),
    ]


def test_a_provider_and_a_kind_of_provision_are_suppliers_of_a_traject() -> None:
    trajecten = pl.DataFrame(
        [("p", "31", 3, 900), ("p", "30", None, 100)],
        schema={"persoon_id": pl.String, "voorzieningsoort_code": pl.String, "aanbieder_nummer": pl.UInt32,
                "traject_cent": pl.Int64},
        orient="row",
    ).with_columns(ingangs_datum=D(2019, 1, 1), eind_datum=pl.lit(None, pl.Date))  # fmt: skip
    found = traject_invoices(trajecten, peildatum=D(2019, 7, 1))
    assert found.select("leverancier", "kosten_cent").rows() == [("30", 100), ("31", 900), ("aanbieder 3", 900)]


def test_what_is_left_is_what_others_were_paid(costed, rests) -> None:
    """By another path: without the rows of a supplier, his persons and all sums of the others are counted anew."""
    for place, spec in enumerate(spec for spec in SUMS if spec.amount.id == "wmo"):
        invoices = costed["wmo_facturen"].frame
        names = invoices["leverancier"].unique(maintain_order=True).to_list()
        assert len(names) == len(rests["wmo"])
        for name, tables in zip(names, rests["wmo"], strict=True):
            single = invoices.filter(pl.col("leverancier").str.len_chars() == 2, pl.col("wmo_cent") > 0)
            is_his = pl.col("leverancier").is_in(costs.HULPMIDDELEN if name == "hulpmiddelen" else [name])
            others = single.filter(~is_his).group_by("persoon_id", "kostensoort").agg(pl.col("wmo_cent").sum())
            people = costed["wmo"].frame.drop("wmo_cent")
            again = sum_amounts(Pseudonymised(people.join(others, on=["persoon_id", "kostensoort"]), SEAL), spec)
            assert tables[place].frame.equals(again.frame), (spec.id, name)


def test_the_pia_sees_a_sum_that_a_supplier_sees_through(evidence) -> None:
    """One cell of one supplier is enough."""
    assert no_sum_gives_a_person_away(evidence).holds
    shown = {table.spec.id: table.frame["value"].is_not_null().to_list().index(True) for table in evidence.sums}
    rest = next(rest for rest in evidence.rests if rest.spec.id in shown)
    place = pl.int_range(pl.len()) == shown[rest.spec.id]
    few = rest.frame.with_columns(aantal=pl.when(place).then(9).otherwise("aantal"))
    changed = tuple(Summed(few, one.spec) if one is rest else one for one in evidence.rests)
    assert not no_sum_gives_a_person_away(type(evidence)(**{**vars(evidence), "rests": changed})).holds


def test_the_classes_of_costs_are_published_beside_every_supplier(sums) -> None:
    """They were merged for that; two of the four were blank before."""
    by_kind = next(table for table in sums.released if table.spec.id == "K01")
    assert by_kind.frame["status"].to_list() == ["A"] * 5


def test_invoices_of_nobody_are_no_supplier(costed) -> None:
    spec = SUMS[0]
    none = Pseudonymised(costed["wmo_facturen"].frame.head(0), SEAL)
    assert sum_without_suppliers(costed["wmo"], none, spec) == {}
