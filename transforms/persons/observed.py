"""What the deliveries say of each person on the peildatum: a row per person, a column per fact.

The last thing said counts. Of equal dates the higher code counts, so that the order of a
delivered file never matters. Whoever is not in a delivery is not in its result.
"""

from collections.abc import Mapping
from datetime import date

import polars as pl

from schemas.codes import ZRM_DOMEINEN
from schemas.fields import (
    EIND_DATUM,
    GESLACHT,
    INGANGS_DATUM,
    INKOMSTEN_UIT_ARBEID,
    LAATSTE_CONTACT,
    LEEFVORM,
    LOONWAARDE,
    METING_DATUM,
    ONTHEFFING,
    PRODUCTCATEGORIE,
    STARTKWALIFICATIE,
    TREDE,
    VOORZIENINGSOORT,
    ZRM_DOMEIN,
    ZRM_SCORE,
)
from schemas.names import PERSOON_ID
from schemas.segments import INDICATIE_EINDIGT

MEASUREMENT_MONTHS = 12
"""A measurement counts for so many months, the peildatum included."""

COMPARED_MONTHS = (6, 18)
"""Two measurements on the ladder are compared when they lie so many months apart (indicatorencatalogus I5)."""

INDICATION_MONTHS = 6
"""An indication ends soon when its last day lies within so many months after the peildatum (I15)."""

TREDE_EERDER = "trede_eerder"
VOORZIENINGEN = "voorzieningen"
PRODUCTCATEGORIEEN = "productcategorieen"


def runs_between(first: date, last: date) -> pl.Expr:
    """Whether a row runs on any day from the first to the last, both included; without an end date it runs on."""
    return (INGANGS_DATUM.col <= last) & (EIND_DATUM.col.is_null() | (EIND_DATUM.col >= first))


def runs_on(peildatum: date) -> pl.Expr:
    """Whether a benefit or provision runs on a day."""
    return runs_between(peildatum, peildatum)


def observe(frames: Mapping[str, pl.DataFrame], peildatum: date) -> tuple[pl.DataFrame, ...]:
    """Everything that is counted of a person, delivery by delivery.

    Args:
        frames: Pseudonymised rows by source id.
        peildatum: Reference date; what runs on it or was measured up to it counts.

    Returns:
        Frames with `persoon_id`, unique, and the columns that the functions below name.
    """
    runs = runs_on(peildatum)
    pwet, wmo = frames["participatiewet"], frames["wmo"]
    return (
        _sex(pl.concat([pwet.select(PERSOON_ID, GESLACHT.name), wmo.select(PERSOON_ID, GESLACHT.name)])),
        _benefit(pwet.filter(runs)),
        _ladder(frames["participatieladder"], peildatum),
        _provisions(frames["trajecten"].filter(runs)),
        _products(wmo.filter(runs), peildatum),
        _zrm(frames["zrm"], peildatum),
    )


def _sex(rows: pl.DataFrame) -> pl.DataFrame:
    """`geslacht`: the code that all rows agree on; null if they do not."""
    agreed = pl.when(GESLACHT.col.n_unique() == 1).then(GESLACHT.col.first())
    return rows.group_by(PERSOON_ID).agg(agreed.alias(GESLACHT.name))


def _benefit(running: pl.DataFrame) -> pl.DataFrame:
    """The codes of the benefit that began last, and the last contact of any that runs."""
    said = (LEEFVORM, STARTKWALIFICATIE, ONTHEFFING, INKOMSTEN_UIT_ARBEID)
    return (
        running.sort(PERSOON_ID, INGANGS_DATUM.name, *(field.name for field in said), nulls_last=False)
        .group_by(PERSOON_ID, maintain_order=True)
        .agg(*(field.col.last() for field in said), LAATSTE_CONTACT.col.max())
    )


def _ladder(measurements: pl.DataFrame, peildatum: date) -> pl.DataFrame:
    """`trede_code` of the last measurement, and `trede_eerder`: of the last one 6 to 18 months before that."""
    latest = _last_measured(measurements, peildatum, [PERSOON_ID]).select(
        PERSOON_ID, TREDE.name, pl.col(METING_DATUM.name).alias("_laatste")
    )
    least, most = (pl.col("_laatste").dt.offset_by(f"-{months}mo") for months in COMPARED_MONTHS)
    earlier = (
        measurements.select(PERSOON_ID, METING_DATUM.name, TREDE.col.alias(TREDE_EERDER))
        .join(latest.select(PERSOON_ID, "_laatste"), on=PERSOON_ID)
        .filter(METING_DATUM.col.is_between(most, least))
        .sort(PERSOON_ID, METING_DATUM.name, TREDE_EERDER)
        .group_by(PERSOON_ID, maintain_order=True)
        .agg(pl.col(TREDE_EERDER).last())
    )
    return latest.drop("_laatste").join(earlier, on=PERSOON_ID, how="left")


def _last_measured(measurements: pl.DataFrame, peildatum: date, by: list[str]) -> pl.DataFrame:
    """The last row of each, measured in the twelve months up to and including the peildatum."""
    last_day = pl.lit(peildatum)
    counts = METING_DATUM.col.is_between(last_day.dt.offset_by(f"-{MEASUREMENT_MONTHS}mo"), last_day, closed="right")
    kept = measurements.filter(counts)
    return kept.sort(*by, METING_DATUM.name, *kept.columns).group_by(by, maintain_order=True).last()


def _provisions(running: pl.DataFrame) -> pl.DataFrame:
    """`voorzieningen`: the running kinds, sorted; `loonwaarde_pct`: of the one that began last, if measured."""
    return (
        running.sort(PERSOON_ID, INGANGS_DATUM.name, LOONWAARDE.name, nulls_last=False)
        .group_by(PERSOON_ID, maintain_order=True)
        .agg(
            VOORZIENINGSOORT.col.unique().sort().alias(VOORZIENINGEN),
            LOONWAARDE.col.drop_nulls().last(),
        )
    )


def _products(running: pl.DataFrame, peildatum: date) -> pl.DataFrame:
    """`productcategorieen`: the running categories, sorted; `indicatie_eindigt`: one of them ends soon."""
    soon = EIND_DATUM.col <= pl.lit(peildatum).dt.offset_by(f"{INDICATION_MONTHS}mo")
    return running.group_by(PERSOON_ID).agg(
        PRODUCTCATEGORIE.col.unique().sort().alias(PRODUCTCATEGORIEEN),
        soon.fill_null(False).any().alias(INDICATIE_EINDIGT),
    )


def _zrm(scores: pl.DataFrame, peildatum: date) -> pl.DataFrame:
    """A column per permitted domain, `zrm_` and its code: the last score, 1-5; null if not measured."""
    latest = _last_measured(scores, peildatum, [PERSOON_ID, ZRM_DOMEIN.name])
    return latest.group_by(PERSOON_ID).agg(
        ZRM_SCORE.col.filter(ZRM_DOMEIN.col == domain).first().alias(zrm_column(domain))
        for domain in ZRM_DOMEINEN.values
    )


def zrm_column(domain: str) -> str:
    """The column with the last score on a domain."""
    return f"zrm_{domain}"
