"""Costs of a person in the twelve months up to the peildatum."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from schemas.fields import (
    BEDRAG,
    DEBETCREDIT,
    EIND_DATUM,
    INGANGS_DATUM,
    PRESTATIE_EIND,
    PRODUCTCATEGORIE,
    TRAJECT_KOSTEN,
    VOORZIENINGSOORT,
)
from schemas.names import PERSOON_ID, TRAJECT_CENT, WMO_CENT
from schemas.states import Pseudonymised

MONTHS = 12
"""Months over which costs are added up, the peildatum included."""

CREDIT = "C"

KOSTENSOORT_VAN: dict[str, str] = {
    "01": "huishouden",
    **dict.fromkeys(("02", "03"), "begeleiding"),
    **dict.fromkeys(("07", "08", "09"), "dagbesteding"),
    **dict.fromkeys(("04", "05", "06", "10", "11", "12", "13", "14", "15", "16", "17", "18"), "overig"),
}
"""Class of each WMO product category. Aids and stay differ in nature, but so few persons use stay that
both would be blank; together they can be published."""

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
    signed = pl.when(DEBETCREDIT.col == CREDIT).then(-BEDRAG.col).otherwise(BEDRAG.col)
    kostensoort = PRODUCTCATEGORIE.col.replace_strict(KOSTENSOORT_VAN, return_dtype=pl.String)
    net = (
        claims.filter(_ends_within(PRESTATIE_EIND.col, peildatum))
        .group_by(PERSOON_ID, kostensoort.alias("kostensoort"))
        .agg(signed.sum().alias(WMO_CENT))
    )
    return net.filter(pl.col(WMO_CENT) > 0).sort(PERSOON_ID, "kostensoort")


def traject_costs(trajecten: pl.DataFrame, *, peildatum: date) -> pl.DataFrame:
    """Return known costs per person and trajectklasse of trajectories in the twelve months up to the peildatum.

    Args:
        trajecten: Pseudonymised rows of trajecten.csv.

    Returns:
        A row per person and class with more than 0: `persoon_id`, `trajectklasse` (String) and
        `kosten_cent` (Int64), the cost of the whole trajectory.
    """
    ran = (INGANGS_DATUM.col <= peildatum) & (EIND_DATUM.col.is_null() | (EIND_DATUM.col > _year_before(peildatum)))
    klasse = VOORZIENINGSOORT.col.replace_strict(TRAJECTKLASSE_VAN, return_dtype=pl.String)
    costs = (
        trajecten.filter(ran)
        .group_by(PERSOON_ID, klasse.alias("trajectklasse"))
        .agg(TRAJECT_KOSTEN.col.sum().alias(TRAJECT_CENT))
    )
    return costs.filter(pl.col(TRAJECT_CENT) > 0).sort(PERSOON_ID, "trajectklasse")


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
        and class with its amount, and the other columns of the person.
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
    }


def _ends_within(end: pl.Expr, peildatum: date) -> pl.Expr:
    """Return whether a period ends in the twelve months up to the peildatum."""
    return (end > _year_before(peildatum)) & (end <= peildatum)


def _year_before(peildatum: date) -> pl.Expr:
    """Return the last day before those twelve months."""
    return pl.lit(peildatum).dt.offset_by(f"-{MONTHS}mo")
