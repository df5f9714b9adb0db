"""Per dimension the delivered fields behind it, whether it may be asked, and what it may be crossed with.

The rules are those of the indicatorencatalogus (I1-I18) as the PIA has them; te bevestigen by the privacy
officer. A dimension without an entry here cannot be asked. `tests/transforms/requests/test_request.py` holds the
fields against what the pipeline reads.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from schemas import fields
from schemas.sources import delivered_sources
from schemas.specs import Dimension, DisclosureProfile, Field, Profile, TableSpec
from schemas.specs.question import Question
from schemas.tables import dimensions as axes
from schemas.text import Text

STOCK_FIELDS = (fields.BSN, fields.INGANGS_DATUM, fields.EIND_DATUM)
"""Behind every question: they say who is in the file, and in which scheme."""

EVERYBODY = "alle"
_PWET, _WMO = (axes.REGELING, "pwet_totaal"), (axes.REGELING, "wmo_totaal")
POPULATIONS: dict[str, tuple[tuple[Dimension, str], ...]] = {
    EVERYBODY: (),
    "pwet_totaal": (_PWET,),
    "wmo_totaal": (_WMO,),
}
"""Who can be counted: everybody on the peildatum, or those of a scheme. The first one is the widest."""

AMOUNT_RULE = (
    "Bedragen staan in een enkele uitgifte, die van de analyse zelf: wie er twee aftrekt, ziet het bedrag van een "
    "inwoner (M32)."
)


@dataclass(frozen=True)
class Askable:
    """A dimension that may be asked, or may not and why.

    Attributes:
        fields: Delivered fields that it derives from, besides those of everybody.
        crossings: Names of the dimensions that it may be crossed with; None is all of them. Who is counted of one
            scheme only is crossed with `regeling`, unless `within` is that scheme.
        within: The only population that it divides. Of everybody else it says nothing: counted of them too, they
            would all stand in one category, and their known number could be subtracted from it.
        rule: What limits it, in Dutch; empty if nothing does.
        is_open: Whether it may be asked at all.
    """

    dimension: Dimension
    fields: tuple[Field, ...] = ()
    crossings: tuple[str, ...] | None = None
    within: str = ""
    rule: str = ""
    is_open: bool = True


def _closed(rule: str, dimensions: Mapping[Dimension, tuple[Field, ...]]) -> tuple[Askable, ...]:
    """Return dimensions that may not be asked, each with the fields that it derives from."""
    return tuple(Askable(dimension, behind, rule=rule, is_open=False) for dimension, behind in dimensions.items())


_SEGMENT = (fields.TREDE, fields.METING_DATUM, fields.LOONWAARDE, fields.ONTHEFFING)
_ZRM = (fields.ZRM_DOMEIN, fields.ZRM_SCORE, fields.METING_DATUM)
_LADDER = (fields.TREDE, fields.METING_DATUM)
_PLACED = (fields.VOORZIENINGSOORT, fields.AANBIEDERSOORT)
_CLAIMED = (fields.BEDRAG, fields.DEBETCREDIT, fields.PRESTATIE_EIND)
_PAID = (fields.TRAJECT_KOSTEN,)
_PWET_ONLY = "Alleen van inwoners met Participatiewet (pwet_totaal): van anderen wordt het niet geleverd."

ASKABLE: tuple[Askable, ...] = (
    Askable(axes.REGELING),
    Askable(axes.LEEFTIJDSKLASSE, (fields.GEBOORTE_DATUM,)),
    Askable(axes.TREDE, _LADDER),
    Askable(axes.DUURKLASSE),
    Askable(axes.GESLACHT, (fields.GESLACHT,)),
    Askable(axes.LEEFVORM, (fields.LEEFVORM,), within="pwet_totaal", rule=_PWET_ONLY),
    Askable(axes.STARTKWALIFICATIE, (fields.STARTKWALIFICATIE,), within="pwet_totaal", rule=_PWET_ONLY),
    Askable(axes.DEELTIJDWERK, (fields.INKOMSTEN_UIT_ARBEID,), within="pwet_totaal", rule=_PWET_ONLY),
    Askable(axes.VOORZIENING, (fields.VOORZIENINGSOORT,), within="pwet_totaal", rule=_PWET_ONLY),
    Askable(
        axes.PRODUCTCATEGORIE, (fields.PRODUCTCATEGORIE,), within="wmo_totaal",
        rule="Alleen wie WMO heeft, heeft een soort voorziening (I9).",
    ),
    Askable(
        axes.LOONWAARDE, (fields.LOONWAARDE,), ("regeling", "voorziening"), "pwet_totaal",
        rule=f"Loonwaarde kan iets over gezondheid zeggen: alleen per regeling of voorziening (I7). {_PWET_ONLY}",
    ),
    Askable(
        axes.ONTHEFFING, (fields.ONTHEFFING,), ("regeling", "leeftijdsklasse"), "pwet_totaal",
        rule=f"Een ontheffing kan iets over gezondheid zeggen: alleen per regeling of leeftijd (I8). {_PWET_ONLY}",
    ),
    Askable(
        axes.BEWEGING, _LADDER, ("regeling",), "pwet_totaal",
        rule=f"Beweging op de ladder alleen als totaal of per regeling (I5). {_PWET_ONLY}",
    ),
    Askable(
        axes.ZRM, _ZRM, ("regeling",),
        rule="Zelfredzaamheid alleen per domein en per regeling, nooit als profiel van personen (I11).",
    ),
    Askable(
        axes.BELEMMERINGEN, _ZRM, ("regeling",),
        rule="Belemmeringen zijn getelde ZRM-domeinen: alleen per regeling (I12).",
    ),
    Askable(
        axes.MOGELIJKHEID, _SEGMENT, ("regeling",), "pwet_totaal",
        rule="Een mogelijkheid volgt uit een regel over personen: alleen als totaal of per regeling (I13). "
        + _PWET_ONLY,
    ),
    Askable(
        axes.KANS, (*_SEGMENT, *_ZRM, fields.PRODUCTCATEGORIE, fields.GEBOORTE_DATUM), (),
        rule="Een kans volgt uit een regel over personen: alleen als totaal (I14, I16).",
    ),
    Askable(
        axes.RISICO, (*_LADDER, *_ZRM, fields.LAATSTE_CONTACT), (),
        rule="Een risico volgt uit een regel over personen: alleen als totaal (I15).",
    ),
    *_closed(
        "Bij een aanbieder kan het om een eenmanszaak gaan: alleen zoals in tabel T20.",
        {axes.DIENST: (fields.AANBIEDERSOORT,)},
    ),
    *_closed(
        "Gaat ook over wie al weg is, en over redenen die iets over gezondheid zeggen: alleen "
        "zoals in de tabellen T21 tot en met T28.",
        {
            axes.STAND: (),
            axes.LKS: _PLACED,
            axes.LKS_STAND: _PLACED,
            axes.LKS_BEGIN: _PLACED,
            axes.TA_BEGIN: _PLACED,
            axes.DETACHERINGSVORM: (*_PLACED, fields.DETACHERINGSVORM),
            axes.UITVAL_PROEF: (*_PLACED, fields.REDEN_EINDE),
            axes.UITVAL_BAAN: (*_PLACED, fields.REDEN_EINDE),
            axes.OGDB: (fields.AANMELD_DATUM,),
            axes.OGDB_STAND: (fields.AANMELD_DATUM, fields.OGDB_STATUS),
        },
    ),
    *_closed(
        "Telt de inwoners achter de bedragen; meer tellingen zouden een leeg bedrag verraden (M31).",
        {
            axes.WMO_DECLARATIE: _CLAIMED,
            axes.KOSTENSOORT: (*_CLAIMED, fields.PRODUCTCATEGORIE),
            axes.TRAJECT: _PAID,
            axes.TRAJECTKLASSE: (*_PAID, fields.VOORZIENINGSOORT),
        },
    ),
)  # fmt: skip

QUESTION = Text(
    nl="Hoe zijn de inwoners over deze indelingen verdeeld?",
    en="How are the residents divided over these categories?",
)
_BY = Text(nl="Inwoners naar {indeling}", en="Residents by {indeling}")
_AND_BY = Text(nl="{titel} en naar {indeling}", en="{titel} and by {indeling}")


def askable(name: str) -> Askable | None:
    """Return the entry of the dimension with that name; None if there is none."""
    return next((entry for entry in ASKABLE if entry.dimension.name == name), None)


def fields_of(question: Question) -> tuple[Field, ...]:
    """Return every delivered field that an answer is made of, each once."""
    delivered = [field for name in question.dimensions if (entry := askable(name)) for field in entry.fields]
    return tuple(dict.fromkeys((*STOCK_FIELDS, *delivered)))


def is_countable(table: TableSpec, profile: Profile) -> bool:
    """Return whether the sources that a municipality delivers hold every field behind a table."""
    delivered = {field for source in delivered_sources(profile) for field in source.fields}
    dimensions = (*table.dimensions, *(dimension for dimension, _ in table.population))
    entries = [askable(dimension.name) for dimension in dimensions]
    return not profile.absent or all(entry is not None and delivered.issuperset(entry.fields) for entry in entries)


def table_of(question: Question, declared: Iterable[TableSpec]) -> TableSpec:
    """Return the table that answers a question.

    Args:
        question: With names that are declared.
        declared: The tables of the analysis: a dimension that is sensitive in one of them is so here.
    """
    dimensions = tuple(entry.dimension for name in question.dimensions if (entry := askable(name)))
    profiles = [table.disclosure for table in declared]
    sensitive = {dimension for profile in profiles for dimension in profile.sensitive}
    totals = {level for profile in profiles for level in profile.totals}
    levels = {level for dimension in dimensions for level in dimension.levels}
    return TableSpec(
        id=question.table,
        title=_title(dimensions),
        question=QUESTION,
        dimensions=dimensions,
        population=(axes.IN_STOCK, *POPULATIONS[question.population]),
        disclosure=DisclosureProfile(
            totals=tuple(sorted(totals & levels)),
            sensitive=tuple(dimension for dimension in dimensions if dimension in sensitive),
            zeros=any(profile.zeros and set(profile.sensitive) & set(dimensions) for profile in profiles),
        ),
    )


def _title(dimensions: Sequence[Dimension]) -> Text:
    """Return the title of an asked table, made of the titles of its dimensions."""
    title = _BY.fill(indeling=dimensions[0].title)
    for dimension in dimensions[1:]:
        title = _AND_BY.fill(titel=title, indeling=dimension.title)
    return title
