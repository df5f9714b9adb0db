"""Facts of each person on the peildatum, from the deliveries.

A row per person, a column per fact. The latest statement counts. Of equal dates the higher code counts, so that the
order of a delivered file never matters. Persons who are not in a delivery are not in its result.
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
from schemas.names import DOSSIER_NUMMER, PERSOON_ID
from schemas.segments import INDICATIE_EINDIGT

MEASUREMENT_MONTHS = 12
"""Months for which a measurement counts, the peildatum included."""

COMPARED_MONTHS = (6, 18)
"""Fewest and most months between two measurements on the ladder that are compared (indicatorencatalogus I5)."""

INDICATION_MONTHS = 6
"""Months after the peildatum within which an indication ends soon (I15)."""

TREDE_EERDER = "trede_eerder"
VOORZIENINGEN = "voorzieningen"
PRODUCTCATEGORIEEN = "productcategorieen"


def runs_between(first: date, last: date) -> pl.Expr:
    """Return whether a row runs on any day from the first to the last, both included.

    Without an end date it runs on.
    """
    return (INGANGS_DATUM.col <= last) & (EIND_DATUM.col.is_null() | (EIND_DATUM.col >= first))


def runs_on(peildatum: date) -> pl.Expr:
    """Return whether a benefit or provision runs on a day."""
    return runs_between(peildatum, peildatum)


def observe(frames: Mapping[str, pl.DataFrame], peildatum: date) -> tuple[pl.DataFrame, ...]:
    """Return all facts of a person that are counted, delivery by delivery.

    Args:
        frames: Pseudonymised rows by source id.
        peildatum: Reference date; rows that run on it, and measurements up to it, count.

    Returns:
        Frames with `persoon_id`, unique, and the columns that the functions below name.
    """
    runs = runs_on(peildatum)
    pwet, wmo = frames["participatiewet"], frames["wmo"]
    return (
        _sex(pl.concat([pwet.select(PERSOON_ID, GESLACHT.name), wmo.select(PERSOON_ID, GESLACHT.name)])),
        _benefit_file(pwet.filter(runs)),
        _benefit(pwet.filter(runs)),
        _ladder(frames["participatieladder"], peildatum),
        _provisions(frames["trajecten"].filter(runs)),
        _products(wmo.filter(runs), peildatum),
        _zrm(frames["zrm"], peildatum),
    )


def _sex(rows: pl.DataFrame) -> pl.DataFrame:
    """Return `geslacht`: the code on which all rows agree; null if they do not."""
    agreed = pl.when(GESLACHT.col.n_unique() == 1).then(GESLACHT.col.first())
    return rows.group_by(PERSOON_ID).agg(agreed.alias(GESLACHT.name))


def _benefit_file(running: pl.DataFrame) -> pl.DataFrame:
    """Return `dossier_nummer` of the running benefit that began last and has one; null if none has."""
    return (
        running.sort(PERSOON_ID, INGANGS_DATUM.name, DOSSIER_NUMMER, nulls_last=False)
        .group_by(PERSOON_ID, maintain_order=True)
        .agg(pl.col(DOSSIER_NUMMER).drop_nulls().last())
    )


def _benefit(running: pl.DataFrame) -> pl.DataFrame:
    """Return the codes of the benefit that began last, and the last contact of any that runs."""
    fields = (LEEFVORM, STARTKWALIFICATIE, ONTHEFFING, INKOMSTEN_UIT_ARBEID)
    return (
        running.sort(PERSOON_ID, INGANGS_DATUM.name, *(field.name for field in fields), nulls_last=False)
        .group_by(PERSOON_ID, maintain_order=True)
        .agg(*(field.col.last() for field in fields), LAATSTE_CONTACT.col.max())
    )


def _ladder(measurements: pl.DataFrame, peildatum: date) -> pl.DataFrame:
    """Return `trede_code` of the last measurement, and `trede_eerder` of the last one 6 to 18 months before it."""
    latest = _last_measurement(measurements, peildatum, [PERSOON_ID]).select(
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


def _last_measurement(measurements: pl.DataFrame, peildatum: date, by: list[str]) -> pl.DataFrame:
    """Return the last row per key, measured in the twelve months up to and including the peildatum."""
    last_day = pl.lit(peildatum)
    counts = METING_DATUM.col.is_between(last_day.dt.offset_by(f"-{MEASUREMENT_MONTHS}mo"), last_day, closed="right")
    rows = measurements.filter(counts)
    return rows.sort(*by, METING_DATUM.name, *rows.columns).group_by(by, maintain_order=True).last()


def _provisions(running: pl.DataFrame) -> pl.DataFrame:
    """Return `voorzieningen`: the running kinds, sorted; and `loonwaarde_pct` of the last begun that has one."""
    return (
        running.sort(PERSOON_ID, INGANGS_DATUM.name, LOONWAARDE.name, nulls_last=False)
        .group_by(PERSOON_ID, maintain_order=True)
        .agg(
            VOORZIENINGSOORT.col.unique().sort().alias(VOORZIENINGEN),
            LOONWAARDE.col.drop_nulls().last(),
        )
    )


def _products(running: pl.DataFrame, peildatum: date) -> pl.DataFrame:
    """Return `productcategorieen`: the running categories, sorted; and `indicatie_eindigt`: whether one ends soon."""
    soon = EIND_DATUM.col <= pl.lit(peildatum).dt.offset_by(f"{INDICATION_MONTHS}mo")
    return running.group_by(PERSOON_ID).agg(
        PRODUCTCATEGORIE.col.unique().sort().alias(PRODUCTCATEGORIEEN),
        soon.fill_null(False).any().alias(INDICATIE_EINDIGT),
    )


def _zrm(scores: pl.DataFrame, peildatum: date) -> pl.DataFrame:
    """Return a column per permitted domain with the last score, 1-5; null if it was not measured."""
    latest = _last_measurement(scores, peildatum, [PERSOON_ID, ZRM_DOMEIN.name])
    return latest.group_by(PERSOON_ID).agg(
        ZRM_SCORE.col.filter(ZRM_DOMEIN.col == domain).first().alias(zrm_column(domain))
        for domain in ZRM_DOMEINEN.values
    )


def zrm_column(domain: str) -> str:
    """Return the name of the column with the last score on a domain."""
    return f"zrm_{domain}"
