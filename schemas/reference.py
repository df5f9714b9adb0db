"""Figures of the municipality that no client record can give; shown beside the tables, declared and not read."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from schemas.text import Text, unchanged

GEMEENTE_CODE = "0865"
"""The municipality that these figures, and what is withheld of its report (`schemas.withheld`), are about."""

_RAPPORT = "Eindevaluatie prototype Cafetariamodel, gemeente Vught, juni 2019"


@dataclass(frozen=True, kw_only=True)
class ReferenceFigure:
    """One figure that comes from a document.

    Attributes:
        table: Table of the evaluation report.
        period: Year or day that it is about, as the source has it.
        unit: `personen`, `euro` or `procent`.
        source: Document and chapter; every figure is to be confirmed by the municipality.
    """

    table: str
    subject: Text
    period: Text
    value: int
    unit: Text
    source: str
    forecast: bool = False


_PERSONS, _EURO, _PER_CENT = Text(nl="personen", en="persons"), unchanged("euro"), Text(nl="procent", en="per cent")
_TOTAL, _RESERVED = Text(nl="totaal", en="total"), Text(nl="reservering 2019", en="reserved 2019")
_SEVERAL_YEARS = Text(nl="meerjarig", en="several years")
_TARGET = Text(nl="Taakstelling Transitie Arrangement", en="Target of the Transitie Arrangement")


def _target_groups(subject: Text, begin: int, *values: int) -> tuple[ReferenceFigure, ...]:
    """Persons by year; those after 2018 are forecasts."""
    return tuple(
        ReferenceFigure(
            table="T10",
            subject=subject,
            period=unchanged(str(year)),
            value=value,
            unit=_PERSONS,
            source=f"{_RAPPORT}, type doelgroep",
            forecast=year > 2018,
        )
        for year, value in enumerate(values, start=begin)
    )


def _budget(
    subject: Text, total: int, years: Mapping[int, int] = MappingProxyType({}), reserved: int | None = None
) -> tuple[ReferenceFigure, ...]:
    """Euros in all, by year, and reserved."""
    periods = {_TOTAL: total, **{unchanged(str(year)): value for year, value in years.items()}}
    return tuple(
        ReferenceFigure(
            table="T04",
            subject=subject,
            period=period,
            value=value,
            unit=_EURO,
            source=f"{_RAPPORT}, Financieel, stand mei 2019",
            forecast=period == _RESERVED,
        )
        for period, value in (periods if reserved is None else {**periods, _RESERVED: reserved}).items()
    )


def _measure(subject: Text, period: Text, value: int, unit: Text) -> ReferenceFigure:
    return ReferenceFigure(table="T19", subject=subject, period=period, value=value, unit=unit, source=_RAPPORT)


REFERENCE_FIGURES: tuple[ReferenceFigure, ...] = (
    *_budget(unchanged("Overhead WSD"), 528, {2017: 528}),
    *_budget(Text(nl="Personele inzet WSD", en="Staff of WSD"), 19996, {2017: 5289, 2018: 14707}),
    *_budget(
        Text(nl="Projectleiding Vught", en="Project management Vught"), 88593, {2017: 8955, 2018: 55711, 2019: 23927}
    ),
    *_budget(Text(nl="Inkoop diensten WSD", en="Services bought from WSD"), 3744, {2018: 3306, 2019: 438}),
    *_budget(Text(nl="Planregie en OAD Vught", en="Planregie and OAD Vught"), 46288, {2019: 27510}, reserved=18778),
    *_budget(Text(nl="Bestandsanalyse Vught", en="Population analysis Vught"), 50000, reserved=50000),
    *_budget(Text(nl="Totaal", en="Total"), 209149, {2017: 14772, 2018: 73724, 2019: 51875}, reserved=68778),
    *_budget(Text(nl="Beschikbaar ontwikkelbudget", en="Development budget available"), 300000),
    *_budget(Text(nl="Besteedbaar 2019", en="To be spent in 2019"), 90851),
    *_target_groups(unchanged("Wsw"), 2017, 199, 183, 169, 156, 144),
    *_target_groups(Text(nl="Participatiewet, prognose", en="Participatiewet, forecast"), 2020, 305, 305),
    _measure(
        Text(nl="Participatiebudget besteed bij WSD, laagste", en="Participation budget spent at WSD, lowest"),
        _SEVERAL_YEARS, 70, _PER_CENT,
    ),
    _measure(
        Text(nl="Participatiebudget besteed bij WSD, hoogste", en="Participation budget spent at WSD, highest"),
        _SEVERAL_YEARS, 84, _PER_CENT,
    ),
    _measure(
        Text(nl="Re-integratiebudget lokaal besteed, laagste", en="Reintegration budget spent locally, lowest"),
        _SEVERAL_YEARS, 38, _PER_CENT,
    ),
    _measure(
        Text(nl="Re-integratiebudget lokaal besteed, hoogste", en="Reintegration budget spent locally, highest"),
        _SEVERAL_YEARS, 55, _PER_CENT,
    ),
    _measure(_TARGET, unchanged("2018"), 42, _PERSONS),
    _measure(_TARGET, unchanged("2019"), 58, _PERSONS),
)  # fmt: skip


def reference(table: str, subject: str, period: str) -> int:
    """Return the value of one reference figure; raise `StopIteration` if it is not declared."""
    return next(
        figure.value
        for figure in REFERENCE_FIGURES
        if (figure.table, figure.subject, figure.period) == (table, subject, period)
    )
