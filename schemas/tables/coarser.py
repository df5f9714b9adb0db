"""The axes of tables that show fewer levels: breakdowns that would be mostly blank by category.

To disclosure control a level is the categories that it adds up, so an attacker who lays such a table beside
one by category is the same attacker (`Dimension.shown`).
"""

from dataclasses import replace

from schemas.codes import ONBEKEND
from schemas.specs import Dimension, Subtotal
from schemas.tables import dimensions


def coarse(dimension: Dimension, *levels: str | Subtotal) -> Dimension:
    """An axis that shows these levels only, in this order: categories or subtotals of it, or sums of its own."""
    own = tuple(level for level in levels if isinstance(level, Subtotal))
    shown = tuple(level.code if isinstance(level, Subtotal) else level for level in levels)
    kept = tuple(subtotal for subtotal in dimension.subtotals if subtotal.code in shown)
    return replace(dimension, subtotals=(*kept, *own), shown=shown)


REGELING_BINNEN_PWET = coarse(dimensions.REGELING, "pwet", "beide")
"""For tables of who is in the Participatiewet."""

REGELING_APART = coarse(dimensions.REGELING, *dimensions.REGELING.codes.values)
REGELING_MET_OF_ZONDER_PWET = coarse(dimensions.REGELING, "pwet_totaal", "wmo")
TREDEGROEP = coarse(dimensions.TREDE, "1-2", "3-4", "5-6", ONBEKEND)
TREDE_IN_TWEEEN = coarse(
    dimensions.TREDE, "1-2", Subtotal(code="3+", label="3 of hoger, of onbekend", parts=("3", "4", "5", "6", ONBEKEND))
)
LEEFTIJD_IN_DRIEEN = coarse(
    dimensions.LEEFTIJDSKLASSE,
    # Of a few the age is not known; beside who is younger than 27 they would stand out.
    Subtotal(code="<45", label="jonger dan 45, of leeftijd onbekend", parts=("<27", "27-44", ONBEKEND)),
    "45-54",
    Subtotal(code="55+", label="55 of ouder", parts=("55-65", "66+")),
)
ONTHEFFING = coarse(
    dimensions.ONTHEFFING,
    Subtotal(code="ontheffing", label="tijdelijke of permanente ontheffing", parts=("tijdelijk", "permanent")),
    Subtotal(code="geen_of_onbekend", label="geen ontheffing, of niet bekend", parts=("geen", ONBEKEND)),
)
VOORZIENING = coarse(
    dimensions.VOORZIENING,
    "29",
    "30",
    "59",
    Subtotal(code="een_of_meer", label="een of meer voorzieningen", parts=dimensions.VOORZIENING.codes.values[:-1]),
    "geen",
)
DEELTIJDWERK = coarse(
    dimensions.DEELTIJDWERK,
    "werkt",
    Subtotal(
        code="werkt_niet_of_onbekend",
        label="zonder inkomsten uit arbeid, of niet bekend",
        parts=("werkt_niet", "inkomsten_onbekend"),
    ),
)
STARTKWALIFICATIE = coarse(
    dimensions.STARTKWALIFICATIE,
    "met",
    Subtotal(
        code="zonder_of_onbekend",
        label="zonder startkwalificatie, of niet bekend",
        parts=("zonder", "startkwalificatie_onbekend"),
    ),
)
BELEMMERINGEN = coarse(dimensions.BELEMMERINGEN, "0", "1", "2+", ONBEKEND)
LKS_STAND = coarse(dimensions.LKS_STAND, "wsd", "vught", "uit", "lopend")
"""Trial placements apart are a few residents, and beside the running jobs of T13 they would be read off."""
