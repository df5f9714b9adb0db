"""Figures of the municipality that no client record can give; shown beside the tables, declared and not read."""

from dataclasses import dataclass

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
    subject: str
    period: str
    value: int
    unit: str
    source: str
    forecast: bool = False


def _wsw(*values: int) -> tuple[ReferenceFigure, ...]:
    return tuple(
        ReferenceFigure(
            table="T10",
            subject="Wsw",
            period=str(2017 + place),
            value=value,
            unit="personen",
            source=f"{_RAPPORT}, type doelgroep",
            forecast=place > 1,
        )
        for place, value in enumerate(values)
    )


def _budget(subject: str, total: int, **years: int) -> tuple[ReferenceFigure, ...]:
    source = f"{_RAPPORT}, Financieel, stand mei 2019"
    periods = {
        "totaal": total,
        **{name.removeprefix("y").replace("res", "reservering "): one for name, one in years.items()},
    }
    return tuple(
        ReferenceFigure(
            table="T04",
            subject=subject,
            period=period,
            value=value,
            unit="euro",
            source=source,
            forecast=period.startswith("reservering"),
        )
        for period, value in periods.items()
    )


REFERENCE_FIGURES: tuple[ReferenceFigure, ...] = (
    *_budget("Overhead WSD", 528, y2017=528),
    *_budget("Personele inzet WSD", 19996, y2017=5289, y2018=14707),
    *_budget("Projectleiding Vught", 88593, y2017=8955, y2018=55711, y2019=23927),
    *_budget("Inkoop diensten WSD", 3744, y2018=3306, y2019=438),
    *_budget("Planregie en OAD Vught", 46288, y2019=27510, res2019=18778),
    *_budget("Bestandsanalyse Vught", 50000, res2019=50000),
    *_budget("Totaal", 209149, y2017=14772, y2018=73724, y2019=51875, res2019=68778),
    *_budget("Beschikbaar ontwikkelbudget", 300000),
    *_budget("Besteedbaar 2019", 90851),
    *_wsw(199, 183, 169, 156, 144),
    *(
        ReferenceFigure(
            table="T10",
            subject="Participatiewet, prognose",
            period=year,
            value=305,
            unit="personen",
            source=f"{_RAPPORT}, type doelgroep",
            forecast=True,
        )
        for year in ("2020", "2021")
    ),
    ReferenceFigure(
        table="T19",
        subject="Participatiebudget besteed bij WSD, laagste",
        period="meerjarig",
        value=70,
        unit="procent",
        source=_RAPPORT,
    ),
    ReferenceFigure(
        table="T19",
        subject="Participatiebudget besteed bij WSD, hoogste",
        period="meerjarig",
        value=84,
        unit="procent",
        source=_RAPPORT,
    ),
    ReferenceFigure(
        table="T19",
        subject="Re-integratiebudget lokaal besteed, laagste",
        period="meerjarig",
        value=38,
        unit="procent",
        source=_RAPPORT,
    ),
    ReferenceFigure(
        table="T19",
        subject="Re-integratiebudget lokaal besteed, hoogste",
        period="meerjarig",
        value=55,
        unit="procent",
        source=_RAPPORT,
    ),
    ReferenceFigure(
        table="T19",
        subject="Taakstelling Transitie Arrangement",
        period="2018",
        value=42,
        unit="personen",
        source=_RAPPORT,
    ),
    ReferenceFigure(
        table="T19",
        subject="Taakstelling Transitie Arrangement",
        period="2019",
        value=58,
        unit="personen",
        source=_RAPPORT,
    ),
)


def reference(table: str, subject: str, period: str) -> int:
    """The value of one figure; raises `StopIteration` if it is not declared."""
    return next(
        one.value for one in REFERENCE_FIGURES if (one.table, one.subject, one.period) == (table, subject, period)
    )
