"""Costs of a person in the twelve months up to the peildatum."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from schemas.codes import PRODUCTCATEGORIEEN
from schemas.fields import (
    BEDRAG,
    CREDIT,
    DEBETCREDIT,
    EIND_DATUM,
    INGANGS_DATUM,
    PRESTATIE_EIND,
    PRODUCTCATEGORIE,
    TRAJECT_KOSTEN,
    VOORZIENINGSOORT,
)
from schemas.names import AANBIEDER_NUMMER, LEVERANCIER, PERSOON_ID, TRAJECT_CENT, WMO_CENT
from schemas.states import Pseudonymised

MONTHS = 12
"""Months over which costs are added up, the peildatum included."""


_APART = {"01": "huishouden", "02": "begeleiding", "07": "dagbesteding"}
KOSTENSOORT_VAN: dict[str, str] = {code: _APART.get(code, "overig") for code in PRODUCTCATEGORIEEN.values}
"""Class of each WMO product category. A supplier subtracts his own invoices from a class. So a class is one category,
of which nothing is left, or so many that without any of them others still hide each other."""

HULPMIDDELEN = ("11", "12", "13", "14")
"""Product categories that one supplier often delivers together: wheelchairs, transport, housing, other aids."""

TRAJECTKLASSE_VAN: dict[str, str] = {
    **dict.fromkeys(("23", "29", "LKS"), "werkplek"),
    **dict.fromkeys(("30", "31"), "begeleiding"),
    "59": "overig",
}


def wmo_costs(claims: pl.DataFrame, *, peildatum: date) -> pl.DataFrame:
    """Return net claims per person and kostensoort.

    Args:
        claims: Pseudonymised rows of declaraties.csv.

    Returns:
        A row per person and kostensoort with more than 0: `persoon_id`, `kostensoort` (String)
        and `wmo_cent` (Int64). A claim counts when its period ends in the twelve months up to the
        peildatum. Credit is subtracted; a claim from before these months that is taken back in
        them can bring a sum below 0, which counts as nothing.
    """
    net = _claimed(claims, peildatum).group_by(PERSOON_ID, "kostensoort").agg(pl.col(WMO_CENT).sum())
    return net.filter(pl.col(WMO_CENT) > 0).sort(PERSOON_ID, "kostensoort")


def wmo_invoices(claims: pl.DataFrame, *, peildatum: date) -> pl.DataFrame:
    """Return net claims per person, kostensoort and supplier.

    Who claimed is not delivered. So each product category counts as a supplier, and so do all aids together.

    Args:
        claims: Pseudonymised rows of declaraties.csv.

    Returns:
        Columns of `wmo_costs`, and `leverancier` (String). A claim is in the rows of every supplier that may have sent
        it. Net of credit, which may leave an amount below 0.
    """
    product = PRODUCTCATEGORIE.col
    aids = pl.when(product.is_in(HULPMIDDELEN)).then(pl.lit("hulpmiddelen"))
    return _invoices(_claimed(claims, peildatum), pl.concat_list(product, aids), "kostensoort", WMO_CENT)


def _claimed(claims: pl.DataFrame, peildatum: date) -> pl.DataFrame:
    """Return the claims of the twelve months up to the peildatum, with their class, and credit below 0."""
    signed = pl.when(DEBETCREDIT.col == CREDIT).then(-BEDRAG.col).otherwise(BEDRAG.col)
    kostensoort = PRODUCTCATEGORIE.col.replace_strict(KOSTENSOORT_VAN, return_dtype=pl.String)
    return claims.filter(_ends_within(PRESTATIE_EIND.col, peildatum)).with_columns(
        signed.alias(WMO_CENT), kostensoort.alias("kostensoort")
    )


def traject_costs(trajecten: pl.DataFrame, *, peildatum: date) -> pl.DataFrame:
    """Return known costs per person and trajectklasse of trajectories in the twelve months up to the peildatum.

    Args:
        trajecten: Pseudonymised rows of trajecten.csv.

    Returns:
        A row per person and class with more than 0: `persoon_id`, `trajectklasse` (String) and
        `kosten_cent` (Int64), the cost of the whole trajectory.
    """
    costs = _ran(trajecten, peildatum).group_by(PERSOON_ID, "trajectklasse").agg(pl.col(TRAJECT_CENT).sum())
    return costs.filter(pl.col(TRAJECT_CENT) > 0).sort(PERSOON_ID, "trajectklasse")


def traject_invoices(trajecten: pl.DataFrame, *, peildatum: date) -> pl.DataFrame:
    """Return known costs per person, trajectklasse and supplier: each kind of provision, and each provider delivered.

    Args:
        trajecten: Pseudonymised rows of trajecten.csv.

    Returns:
        Columns of `traject_costs`, and `leverancier` (String). A trajectory is in the rows of both.
    """
    provider = pl.lit("aanbieder ") + pl.col(AANBIEDER_NUMMER).cast(pl.String)
    suppliers = pl.concat_list(VOORZIENINGSOORT.col, provider)
    return _invoices(_ran(trajecten, peildatum), suppliers, "trajectklasse", TRAJECT_CENT)


def _ran(trajecten: pl.DataFrame, peildatum: date) -> pl.DataFrame:
    """Return the trajectories of the twelve months up to the peildatum, with their class."""
    ran = (INGANGS_DATUM.col <= peildatum) & (EIND_DATUM.col.is_null() | (EIND_DATUM.col > _year_before(peildatum)))
    klasse = VOORZIENINGSOORT.col.replace_strict(TRAJECTKLASSE_VAN, return_dtype=pl.String)
    return trajecten.filter(ran).with_columns(TRAJECT_KOSTEN.col.alias(TRAJECT_CENT), klasse.alias("trajectklasse"))


def _invoices(rows: pl.DataFrame, suppliers: pl.Expr, kind: str, amount: str) -> pl.DataFrame:
    """Return amounts per person, kind and supplier; a supplier that is null is left out."""
    exploded = rows.with_columns(suppliers.alias(LEVERANCIER)).explode(LEVERANCIER).drop_nulls(LEVERANCIER)
    groups = exploded.group_by(PERSOON_ID, kind, LEVERANCIER).agg(pl.col(amount).sum())
    return groups.sort(LEVERANCIER, PERSOON_ID, kind)


def add_costs(
    personen: Pseudonymised, deliveries: Mapping[str, Pseudonymised], *, peildatum: date
) -> dict[str, Pseudonymised]:
    """Add to derived persons the classes of their costs, and return the amounts beside them.

    Args:
        personen: A row per person of `transforms.persons.derive.derive`.
        deliveries: Pseudonymised rows by source id.

    Returns:
        By name: `personen` with `wmo_declaratie` and `traject` (`ja` or `nee`), `kostensoort` and
        `trajectklasse` (sorted lists, empty if none); `wmo` and `traject`: a row per person in stock
        and class with its amount, and the other columns of the person; `wmo_facturen` and `traject_facturen`: what
        every supplier was paid of it (`wmo_invoices`, `traject_invoices`).
    """

    def wmo(frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
        return wmo_costs(frames["declaraties"], peildatum=peildatum)

    def traject(frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
        return traject_costs(frames["trajecten"], peildatum=peildatum)

    def mark(frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
        frame = frames["personen"]
        for costs, kind, yes in (
            (wmo(frames), "kostensoort", "wmo_declaratie"),
            (traject(frames), "trajectklasse", "traject"),
        ):
            kinds = costs.group_by(PERSOON_ID).agg(pl.col(kind).sort())
            frame = frame.join(kinds, on=PERSOON_ID, how="left").with_columns(
                pl.when(pl.col(kind).is_null()).then(pl.lit("nee")).otherwise(pl.lit("ja")).alias(yes),
                pl.col(kind).fill_null([]),
            )
        return frame.sort(PERSOON_ID)

    marked_personen = Pseudonymised.joined({**deliveries, "personen": personen}, mark)
    parts = {**deliveries, "personen": marked_personen}
    return {
        "personen": marked_personen,
        "wmo": Pseudonymised.joined(
            parts, lambda frames: wmo(frames).join(frames["personen"].drop("kostensoort"), on=PERSOON_ID)
        ),
        "traject": Pseudonymised.joined(
            parts, lambda frames: traject(frames).join(frames["personen"].drop("trajectklasse"), on=PERSOON_ID)
        ),
        "wmo_facturen": Pseudonymised.joined(
            parts, lambda frames: wmo_invoices(frames["declaraties"], peildatum=peildatum)
        ),
        "traject_facturen": Pseudonymised.joined(
            parts, lambda frames: traject_invoices(frames["trajecten"], peildatum=peildatum)
        ),
    }


def _ends_within(end: pl.Expr, peildatum: date) -> pl.Expr:
    """Return whether a period ends in the twelve months up to the peildatum."""
    return (end > _year_before(peildatum)) & (end <= peildatum)


def _year_before(peildatum: date) -> pl.Expr:
    """Return the last day before those twelve months."""
    return pl.lit(peildatum).dt.offset_by(f"-{MONTHS}mo")
