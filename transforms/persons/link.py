"""All deliveries joined on the pseudonym; what could not be linked is counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import polars as pl

from schemas.errors import LowLinkRate
from schemas.fields import INGANGS_DATUM
from schemas.names import LEEFTIJD_HOOGST, LEEFTIJD_LAAGST, PC4, PERSOON_ID
from schemas.specs.area import Part
from schemas.states import Pseudonymised
from transforms.persons.history import history
from transforms.persons.observed import PRODUCTCATEGORIEEN, observe, runs_on

MINIMUM_LINKED_PCT = 25
"""Share of rows (0-100) of a delivery that must belong to someone in stock; ours, to be confirmed."""


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
        rows allow, `eerste_datum` (first start in either scheme), everything that
        `transforms.persons.observed` says (null where nothing was delivered, and an empty list of
        `productcategorieen` for who has no WMO), and the columns of `transforms.persons.history`.
        Who has only left is in neither scheme.
    """
    runs = runs_on(peildatum)
    frames = {source: delivery.frame for source, delivery in deliveries.items()}
    stock = _stock(frames["participatiewet"].filter(runs), frames["wmo"].filter(runs))
    counts = tuple(
        LinkCount(source, frame.height, frame.join(stock, on=PERSOON_ID, how="semi").height)
        for source, frame in frames.items()
    )
    return Linked(Pseudonymised.joined(deliveries, partial(_personen, stock=stock, peildatum=peildatum)), counts)


def _personen(frames: Mapping[str, pl.DataFrame], *, stock: pl.DataFrame, peildatum: date) -> pl.DataFrame:
    everybody = _everybody(frames)
    ages_and_start = _ages_and_start(pl.concat([frames["participatiewet"], frames["wmo"]], how="diagonal"))
    personen = everybody.join(stock, on=PERSOON_ID, how="left").with_columns(
        pl.col("in_pwet", "in_wmo").fill_null(False)
    )
    for facts in (
        ages_and_start,
        *observe(frames, peildatum),
        history(frames, everybody, peildatum=peildatum),
    ):
        personen = personen.join(facts, on=PERSOON_ID, how="left")
    return personen.with_columns(pl.col(PRODUCTCATEGORIEEN).fill_null([])).sort(PERSOON_ID)


def within(personen: Pseudonymised, part: Part | None) -> Pseudonymised:
    """Those of a declared part: all their rows lie in its postcode areas. Everybody if there is no part."""
    if part is None:
        return personen
    is_inside = pl.col(PC4).list.eval(pl.element().is_in(part.postcodes)).list.all()
    return personen.where(is_inside)


def enforce_link_rate(counts: Sequence[LinkCount]) -> None:
    """Stop when hardly any row of a delivery belongs to someone in stock.

    Raises:
        LowLinkRate: Names the deliveries.
    """
    low = tuple(one.source for one in counts if one.linked * 100 < one.rows * MINIMUM_LINKED_PCT)
    if low:
        raise LowLinkRate(low)


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
    """Per person the ages that every row allows, the first start, and every postcode area (a sorted list)."""
    return rows.group_by(PERSOON_ID).agg(
        pl.col(LEEFTIJD_LAAGST).max(),
        pl.col(LEEFTIJD_HOOGST).min(),
        INGANGS_DATUM.col.min().alias("eerste_datum"),
        pl.col(PC4).unique().sort(),
    )
