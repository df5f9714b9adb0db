"""The tables of sums, in order of publication, and the reasons why a release may hold none."""

from schemas.names import TRAJECT_CENT, WMO_CENT
from schemas.specs import Profile
from schemas.specs.sums import Amount, SumProfile, SumSpec
from schemas.tables.costs import (
    DECLARATIE_BY_KOSTENSOORT_TABLE,
    DECLARATIE_BY_LEEFTIJD_TABLE,
    DECLARATIE_BY_REGELING_TABLE,
    TRAJECT_BY_KLASSE_TABLE,
    TRAJECT_BY_REGELING_TABLE,
)

_VUGHT = SumProfile(
    contributors=10,
    reason=(
        "Het gaat om wat de gemeente betaalde en niet om inkomen of vermogen. Van 430 inwoners heeft geen enkele "
        "soort ondersteuning 100 gebruikers, zodat met 100 geen bedrag overblijft. De regel van 10, de dominantie van "
        "50 %, de p-procentregel en een marge van 10 % aan beide kanten blijven; te bevestigen door de privacy officer."
    ),
)
WMO_KOSTEN = Amount(id="wmo", title="WMO-declaraties", column=WMO_CENT, profile=_VUGHT)
TRAJECT_KOSTEN = Amount(id="traject", title="Kosten van trajecten", column=TRAJECT_CENT, profile=_VUGHT)

_NETTO = "Creditregels zijn per inwoner en soort verrekend; komt dat onder nul, dan telt het als geen bedrag."
_HEEL_TRAJECT = "De kosten zijn die van het hele traject, ook van de maanden buiten de twaalf."

SUMS: tuple[SumSpec, ...] = (
    SumSpec(
        id="K01",
        title="WMO-declaraties naar soort ondersteuning",
        question="Wat kost de WMO-ondersteuning per soort?",
        amount=WMO_KOSTEN,
        counted=DECLARATIE_BY_KOSTENSOORT_TABLE,
        caveats=(_NETTO, "Wat buiten declaraties om is betaald, zoals een persoonsgebonden budget, telt niet mee."),
    ),
    SumSpec(
        id="K02",
        title="WMO-declaraties naar leeftijdsklasse",
        question="Wat kost de WMO-ondersteuning per leeftijdsklasse?",
        amount=WMO_KOSTEN,
        counted=DECLARATIE_BY_LEEFTIJD_TABLE,
        caveats=(_NETTO,),
    ),
    SumSpec(
        id="K03",
        title="Kosten van trajecten naar soort",
        question="Wat kosten de trajecten naar werk per soort?",
        amount=TRAJECT_KOSTEN,
        counted=TRAJECT_BY_KLASSE_TABLE,
        caveats=(_HEEL_TRAJECT,),
    ),
    SumSpec(
        id="K04",
        title="WMO-declaraties, met en zonder Participatiewet",
        question="Wat kost de WMO-ondersteuning van inwoners met en zonder uitkering?",
        amount=WMO_KOSTEN,
        counted=DECLARATIE_BY_REGELING_TABLE,
        caveats=(_NETTO,),
    ),
    SumSpec(
        id="K05",
        title="Kosten van trajecten naar regeling",
        question="Wat kosten de trajecten naar werk van inwoners met en zonder WMO?",
        amount=TRAJECT_KOSTEN,
        counted=TRAJECT_BY_REGELING_TABLE,
        caveats=(_HEEL_TRAJECT,),
    ),
)
AMOUNTS: tuple[Amount, ...] = tuple(dict.fromkeys(spec.amount for spec in SUMS))

EARLIER, ROUNDED, UNSAFE = "eerder", "afgerond", "onveilig"
WITHHELD = {
    EARLIER: "In een eerdere uitgifte staan al bedragen. Twee keer exacte bedragen van bijna dezelfde inwoners "
    "laten in hun verschil het bedrag van een enkele inwoner zien.",
    ROUNDED: "De aantallen in deze uitgifte zijn afgerond; een exact bedrag daarnaast zou meer zeggen dan het aantal.",
    UNSAFE: "Er zijn te weinig inwoners met een bedrag, of een van hen heeft er een te groot deel van.",
}
"""Why the tables of an amount are left out, by code; the code stands in the manifest."""


def sums_of(amount: Amount) -> tuple[SumSpec, ...]:
    """The tables of an amount, in order of publication."""
    return tuple(spec for spec in SUMS if spec.amount == amount)


def sums_for(profile: Profile) -> tuple[SumSpec, ...]:
    """The tables of sums of a run: a question is about counts only (`schemas.tables.asked.AMOUNT_RULE`)."""
    return () if profile.question else SUMS


def are_rounded(profile: Profile) -> bool:
    """Whether a profile rounds its counts, so that no exact sum may stand beside them."""
    return profile.method is not None
