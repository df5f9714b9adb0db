"""Derived columns as expressions: completed years, leeftijdsklasse, duurklasse, regeling."""

from datetime import date

import polars as pl

from schemas.codes import DUURKLASSEN, LEEFTIJDSKLASSEN, ONBEKEND, CodeList
from schemas.names import LEEFTIJD_HOOGST, LEEFTIJD_LAAGST, PERSOON_ID
from schemas.states import Pseudonymised
from schemas.tables.dimensions import IN_STOCK
from transforms.history import COLUMNS


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
    lowest, highest = (_klasse(age, LEEFTIJDSKLASSEN) for age in (laagst, hoogst))
    return pl.when((lowest == highest) & (laagst <= hoogst)).then(lowest).otherwise(pl.lit(ONBEKEND))


def duurklasse(jaren: pl.Expr) -> pl.Expr:
    """Duration class of completed years; null stays null."""
    return _klasse(jaren, DUURKLASSEN)


def _klasse(jaren: pl.Expr, klassen: CodeList) -> pl.Expr:
    """The class of completed years by the upper bounds that the code list declares."""
    bounded = [code for code in klassen.codes if code.up_to is not None]
    labels = [*(code.code for code in bounded), klassen.codes[len(bounded)].code]
    return jaren.cut([float(code.up_to or 0) for code in bounded], labels=labels).cast(pl.String)


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


def stand(in_pwet: pl.Expr, in_wmo: pl.Expr) -> pl.Expr:
    """`lopend` for who is in either scheme on the peildatum, else `voorbij`."""
    return pl.when(in_pwet | in_wmo).then(pl.lit("lopend")).otherwise(pl.lit("voorbij"))


def derive(personen: Pseudonymised, *, peildatum: date) -> Pseudonymised:
    """Persons with the columns that the tables count: a name per dimension.

    Args:
        personen: A row per person of `transforms.link.link`.

    Returns:
        A row per person: `persoon_id`, stand, regeling, leeftijdsklasse, trede, duurklasse
        (String, never null for who is in stock), productcategorie (list of String) and the
        columns of `transforms.history`. Ages and dates are gone.
    """
    return personen.then(
        lambda frame: frame.select(
            PERSOON_ID,
            stand(pl.col("in_pwet"), pl.col("in_wmo")).alias("stand"),
            regeling(pl.col("in_pwet"), pl.col("in_wmo")).alias("regeling"),
            leeftijdsklasse(pl.col(LEEFTIJD_LAAGST), pl.col(LEEFTIJD_HOOGST)).alias("leeftijdsklasse"),
            pl.col("trede_code").fill_null(ONBEKEND).alias("trede"),
            duurklasse(completed_years(pl.col("eerste_datum"), peildatum=peildatum)).alias("duurklasse"),
            pl.col("productcategorieen").alias("productcategorie"),
            *COLUMNS,
        )
    )


def residents(personen: Pseudonymised) -> int:
    """Persons in stock: with a benefit or WMO provision that runs on the peildatum."""
    dimension, level = IN_STOCK
    return personen.frame.filter(pl.col(dimension.name) == level).height
