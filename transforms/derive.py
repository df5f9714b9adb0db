"""Derived columns as expressions: completed years, leeftijdsklasse, duurklasse, regeling."""

from datetime import date

import polars as pl

from schemas.codes import ONBEKEND
from schemas.states import Pseudonymised

_LEEFTIJD_BREAKS = (26, 44, 54, 65)
_LEEFTIJD_LABELS = ("<27", "27-44", "45-54", "55-65", "66+")
_DUUR_BREAKS = (0, 2, 4, 9)
_DUUR_LABELS = ("<1", "1-2", "3-4", "5-9", "10+")


def completed_years(start: pl.Expr, *, peildatum: date) -> pl.Expr:
    """Whole years from a date to the peildatum: an age, or a duration.

    Args:
        start: Date column; null stays null.
        peildatum: Reference date. Who is born on 29 February is a year older on 1 March of
            a common year.

    Returns:
        Int32 expression in years; negative if the date lies after the peildatum.
    """
    # dt.month() is Int8, so times 100 wraps around without the cast.
    month_day = start.dt.month().cast(pl.Int32) * 100 + start.dt.day()
    is_to_come = month_day > peildatum.month * 100 + peildatum.day
    return peildatum.year - start.dt.year() - is_to_come.cast(pl.Int32)


def leeftijdsklasse(laagst: pl.Expr, hoogst: pl.Expr) -> pl.Expr:
    """Age class, or `onbekend` when the lowest and highest possible age fall in different classes.

    Sources that contradict each other (lowest above highest) are `onbekend` too, as is null.
    """
    lowest, highest = (age.cut(_LEEFTIJD_BREAKS, labels=_LEEFTIJD_LABELS).cast(pl.String) for age in (laagst, hoogst))
    return pl.when((lowest == highest) & (laagst <= hoogst)).then(lowest).otherwise(pl.lit(ONBEKEND))


def duurklasse(jaren: pl.Expr) -> pl.Expr:
    """Duration class of completed years; null stays null."""
    return jaren.cut(_DUUR_BREAKS, labels=_DUUR_LABELS).cast(pl.String)


def regeling(in_pwet: pl.Expr, in_wmo: pl.Expr) -> pl.Expr:
    """`pwet`, `wmo` or `beide` from two boolean columns; null if a person is in neither."""
    return (
        pl.when(in_pwet & in_wmo)
        .then(pl.lit("beide"))
        .when(in_pwet)
        .then(pl.lit("pwet"))
        .when(in_wmo)
        .then(pl.lit("wmo"))
    )


def derive(personen: Pseudonymised, *, peildatum: date) -> Pseudonymised:
    """Persons with the columns that the tables count: a name per dimension.

    Args:
        personen: A row per person of `transforms.link.link`.

    Returns:
        A row per person: `persoon_id` and regeling, leeftijdsklasse, trede, duurklasse
        (String, never null) and productcategorie (list of String). Ages and dates are gone.
    """
    return personen.then(
        lambda frame: frame.select(
            "persoon_id",
            regeling(pl.col("in_pwet"), pl.col("in_wmo")).alias("regeling"),
            leeftijdsklasse(pl.col("leeftijd_laagst"), pl.col("leeftijd_hoogst")).alias("leeftijdsklasse"),
            pl.col("trede_code").fill_null(ONBEKEND).alias("trede"),
            duurklasse(completed_years(pl.col("eerste_datum"), peildatum=peildatum)).alias("duurklasse"),
            pl.col("productcategorieen").alias("productcategorie"),
        )
    )
