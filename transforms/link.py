"""All deliveries joined on the pseudonym; what could not be linked is counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from schemas.errors import LowLinkRate
from schemas.fields import EIND_DATUM, INGANGS_DATUM, METING_DATUM, PRODUCTCATEGORIE, TREDE
from schemas.names import LEEFTIJD_HOOGST, LEEFTIJD_LAAGST, PERSOON_ID
from schemas.states import Pseudonymised
from transforms.history import history

MINIMUM_LINKED_PCT = 25
"""Share of rows (0-100) of a delivery that must belong to someone in stock; ours, to be confirmed."""

MEASUREMENT_MONTHS = 12
"""A measurement on the ladder counts for so many months, the peildatum included."""


@dataclass(frozen=True)
class LinkCount:
    """Rows of one delivery that belong to someone in stock on the peildatum, and all its rows."""

    source: str
    rows: int
    linked: int


@dataclass(frozen=True, eq=False)
class Linked:
    """Everybody in the deliveries, a row each, and what was linked per delivery to persons in stock."""

    personen: Pseudonymised
    counts: tuple[LinkCount, ...]


def link(deliveries: Mapping[str, Pseudonymised], *, peildatum: date) -> Linked:
    """Everybody in the deliveries; in stock is whoever has a benefit or a WMO provision that runs on the peildatum.

    Args:
        deliveries: Pseudonymised rows by source id.

    Returns:
        A row per person, sorted by `persoon_id`: `in_pwet`, `in_wmo`, the ages that all their
        rows allow, `eerste_datum` (first start in either scheme), `trede_code` (latest
        measurement of the last 12 months, null if none) and `productcategorieen` (running
        WMO categories, a sorted list, empty if none), and the columns of `transforms.history`.
        Who has only left is in neither scheme.
    """
    frames = {source: delivery.frame for source, delivery in deliveries.items()}
    runs = runs_on(peildatum)
    stock = _stock(frames["participatiewet"].filter(runs), frames["wmo"].filter(runs))
    everybody = _everybody(frames)
    ages_and_start = _ages_and_start(pl.concat([frames["participatiewet"], frames["wmo"]], how="diagonal"))
    personen = (
        everybody.join(stock, on=PERSOON_ID, how="left")
        .with_columns(pl.col("in_pwet", "in_wmo").fill_null(False))
        .join(ages_and_start, on=PERSOON_ID, how="left")
        .join(_latest_trede(frames["participatieladder"], peildatum), on=PERSOON_ID, how="left")
        .join(_running_products(frames["wmo"].filter(runs)), on=PERSOON_ID, how="left")
        .with_columns(pl.col("productcategorieen").fill_null([]))
        .join(history(frames, everybody, peildatum=peildatum), on=PERSOON_ID, how="left")
        .sort(PERSOON_ID)
    )
    counts = tuple(
        LinkCount(source, frame.height, frame.join(stock, on=PERSOON_ID, how="semi").height)
        for source, frame in frames.items()
    )
    # The first delivery is already in its state; `then` carries it over to the linked frame.
    return Linked(deliveries["participatiewet"].then(lambda _: personen), counts)


def enforce_link_rate(counts: Sequence[LinkCount]) -> None:
    """Stop when hardly any row of a delivery belongs to someone in stock.

    Raises:
        LowLinkRate: Names the deliveries.
    """
    low = tuple(one.source for one in counts if one.linked * 100 < one.rows * MINIMUM_LINKED_PCT)
    if low:
        raise LowLinkRate(low)


def runs_on(peildatum: date) -> pl.Expr:
    """Whether a benefit or provision runs on a day; an empty end date means that it runs on."""
    return (INGANGS_DATUM.col <= peildatum) & (EIND_DATUM.col.is_null() | (EIND_DATUM.col >= peildatum))


def _everybody(frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Who ever had a benefit or a provision; somebody who was only measured is nobody's client."""
    sources = ("participatiewet", "wmo", "trajecten", "ogdb")
    return pl.concat([frames[source].select(PERSOON_ID) for source in sources]).unique().sort(PERSOON_ID)


def _stock(pwet: pl.DataFrame, wmo: pl.DataFrame) -> pl.DataFrame:
    in_pwet = pwet.select(pl.col(PERSOON_ID).unique()).with_columns(in_pwet=True)
    in_wmo = wmo.select(pl.col(PERSOON_ID).unique()).with_columns(in_wmo=True)
    both = in_pwet.join(in_wmo, on=PERSOON_ID, how="full", coalesce=True)
    return both.with_columns(pl.col("in_pwet", "in_wmo").fill_null(False))


def _ages_and_start(rows: pl.DataFrame) -> pl.DataFrame:
    """Per person the ages that every row allows, and the first start."""
    return rows.group_by(PERSOON_ID).agg(
        pl.col(LEEFTIJD_LAAGST).max(), pl.col(LEEFTIJD_HOOGST).min(), INGANGS_DATUM.col.min().alias("eerste_datum")
    )


def _latest_trede(ladder: pl.DataFrame, peildatum: date) -> pl.DataFrame:
    last_day = pl.lit(peildatum)
    counts = METING_DATUM.col.is_between(last_day.dt.offset_by(f"-{MEASUREMENT_MONTHS}mo"), last_day, closed="right")
    latest = ladder.filter(counts).sort(PERSOON_ID, METING_DATUM.name, TREDE.name)
    return latest.group_by(PERSOON_ID, maintain_order=True).agg(TREDE.col.last())


def _running_products(wmo: pl.DataFrame) -> pl.DataFrame:
    return wmo.group_by(PERSOON_ID).agg(PRODUCTCATEGORIE.col.unique().sort().alias("productcategorieen"))
