"""The axes of tables that show fewer levels: breakdowns that would be mostly blank by category.

To disclosure control a level is the categories that it adds up, so an attacker who lays such a table beside
one by category is the same attacker (`Dimension.shown`).
"""

from dataclasses import replace

from schemas.codes import ONBEKEND
from schemas.specs import Dimension, Subtotal
from schemas.tables import dimensions
from schemas.text import Text


def coarse(dimension: Dimension, *levels: str | Subtotal) -> Dimension:
    """Return an axis that shows only these levels, in this order: its categories or subtotals, or new subtotals."""
    own = tuple(level for level in levels if isinstance(level, Subtotal))
    shown = tuple(level.code if isinstance(level, Subtotal) else level for level in levels)
    shown_subtotals = tuple(subtotal for subtotal in dimension.subtotals if subtotal.code in shown)
    return replace(dimension, subtotals=(*shown_subtotals, *own), shown=shown)


REGELING_BINNEN_PWET = coarse(dimensions.REGELING, "pwet", "beide")
"""For tables of who is in the Participatiewet."""

REGELING_APART = coarse(dimensions.REGELING, *dimensions.REGELING.codes.values)
REGELING_MET_OF_ZONDER_PWET = coarse(dimensions.REGELING, "pwet_totaal", "wmo")
TREDEGROEP = coarse(dimensions.TREDE, "1-2", "3-4", "5-6", ONBEKEND)
TREDE_IN_TWEEEN = coarse(
    dimensions.TREDE,
    "1-2",
    Subtotal(
        code="3+",
        label=Text(nl="3 of hoger, of onbekend", en="3 or higher, or unknown"),
        parts=("3", "4", "5", "6", ONBEKEND),
    ),
)
LEEFTIJD_IN_DRIEEN = coarse(
    dimensions.LEEFTIJDSKLASSE,
    # Of a few the age is not known; beside who is younger than 27 they would stand out.
    Subtotal(
        code="<45",
        label=Text(nl="jonger dan 45, of leeftijd onbekend", en="younger than 45, or age unknown"),
        parts=("<27", "27-44", ONBEKEND),
    ),
    "45-54",
    Subtotal(code="55+", label=Text(nl="55 of ouder", en="55 or older"), parts=("55-65", "66+")),
)
ONTHEFFING = coarse(
    dimensions.ONTHEFFING,
    Subtotal(
        code="ontheffing",
        label=Text(nl="tijdelijke of permanente ontheffing", en="temporary or permanent exemption"),
        parts=("tijdelijk", "permanent"),
    ),
    Subtotal(
        code="geen_of_onbekend",
        label=Text(nl="geen ontheffing, of niet bekend", en="no exemption, or not known"),
        parts=("geen", ONBEKEND),
    ),
)
VOORZIENING = coarse(
    dimensions.VOORZIENING,
    "29",
    "30",
    "59",
    Subtotal(
        code="een_of_meer",
        label=Text(nl="een of meer voorzieningen", en="one or more provisions"),
        parts=dimensions.VOORZIENING.codes.values[:-1],
    ),
    "geen",
)
DEELTIJDWERK = coarse(
    dimensions.DEELTIJDWERK,
    "werkt",
    Subtotal(
        code="werkt_niet_of_onbekend",
        label=Text(
            nl="zonder inkomsten uit arbeid, of niet bekend",
            en="without income from work, or not known",
        ),
        parts=("werkt_niet", "inkomsten_onbekend"),
    ),
)
STARTKWALIFICATIE = coarse(
    dimensions.STARTKWALIFICATIE,
    "met",
    Subtotal(
        code="zonder_of_onbekend",
        label=Text(
            nl="zonder startkwalificatie, of niet bekend",
            en="without a basic qualification, or not known",
        ),
        parts=("zonder", "startkwalificatie_onbekend"),
    ),
)
BELEMMERINGEN = coarse(dimensions.BELEMMERINGEN, "0", "1", "2+", ONBEKEND)
LKS_STAND = coarse(dimensions.LKS_STAND, "wsd", "vught", "uit", "lopend")
"""Trial placements apart are a few residents, and beside the running jobs of T13 they would be read off."""
