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
from schemas.tables.question import is_countable
from schemas.text import Text

_VUGHT = SumProfile(
    contributors=10,
    reason=(
        "Het gaat om wat de gemeente betaalde en niet om inkomen of vermogen. Van 430 inwoners heeft geen enkele "
        "soort ondersteuning 100 gebruikers, zodat met 100 geen bedrag overblijft. De regel van 10, de dominantie van "
        "50 %, de p-procentregel en een marge van 10 % aan beide kanten blijven; te bevestigen door de "
        "privacyfunctionaris."
    ),
)
WMO_KOSTEN = Amount(id="wmo", title=Text(nl="WMO-declaraties", en="WMO claims"), column=WMO_CENT, profile=_VUGHT)
TRAJECT_KOSTEN = Amount(
    id="traject", title=Text(nl="Kosten van trajecten", en="Costs of trajectories"), column=TRAJECT_CENT, profile=_VUGHT
)

_NETTO = Text(
    nl="Creditregels zijn per inwoner en soort verrekend; komt dat onder nul, dan telt het als geen bedrag.",
    en="Credit lines are settled by resident and kind; where that is below zero, it counts as no amount.",
)
_HEEL_TRAJECT = Text(
    nl="De kosten zijn die van het hele traject, ook van de maanden buiten de twaalf.",
    en="The costs are those of the whole trajectory, including the months outside the twelve.",
)

SUMS: tuple[SumSpec, ...] = (
    SumSpec(
        id="K01",
        title=Text(
            nl="WMO-declaraties naar soort ondersteuning",
            en="WMO claims by kind of support",
        ),
        question=Text(
            nl="Wat kost de WMO-ondersteuning per soort?",
            en="What does WMO support cost by kind?",
        ),
        amount=WMO_KOSTEN,
        counted=DECLARATIE_BY_KOSTENSOORT_TABLE,
        caveats=(
            _NETTO,
            Text(
                nl="Wat buiten declaraties om is betaald, zoals een persoonsgebonden budget, telt niet mee.",
                en="What was paid outside claims, such as a personal budget, does not count.",
            ),
        ),
    ),
    SumSpec(
        id="K02",
        title=Text(nl="WMO-declaraties naar leeftijdsklasse", en="WMO claims by age class"),
        question=Text(
            nl="Wat kost de WMO-ondersteuning per leeftijdsklasse?",
            en="What does WMO support cost by age class?",
        ),
        amount=WMO_KOSTEN,
        counted=DECLARATIE_BY_LEEFTIJD_TABLE,
        caveats=(_NETTO,),
    ),
    SumSpec(
        id="K03",
        title=Text(nl="Kosten van trajecten naar soort", en="Costs of trajectories by kind"),
        question=Text(
            nl="Wat kosten de trajecten naar werk per soort?",
            en="What do trajectories to work cost by kind?",
        ),
        amount=TRAJECT_KOSTEN,
        counted=TRAJECT_BY_KLASSE_TABLE,
        caveats=(_HEEL_TRAJECT,),
    ),
    SumSpec(
        id="K04",
        title=Text(
            nl="WMO-declaraties, met en zonder Participatiewet",
            en="WMO claims, with and without Participatiewet",
        ),
        question=Text(
            nl="Wat kost de WMO-ondersteuning van inwoners met en zonder uitkering?",
            en="What does the WMO support of residents with and without a benefit cost?",
        ),
        amount=WMO_KOSTEN,
        counted=DECLARATIE_BY_REGELING_TABLE,
        caveats=(_NETTO,),
    ),
    SumSpec(
        id="K05",
        title=Text(
            nl="Kosten van trajecten naar regeling",
            en="Costs of trajectories by scheme",
        ),
        question=Text(
            nl="Wat kosten de trajecten naar werk van inwoners met en zonder WMO?",
            en="What do the trajectories to work of residents with and without WMO cost?",
        ),
        amount=TRAJECT_KOSTEN,
        counted=TRAJECT_BY_REGELING_TABLE,
        caveats=(_HEEL_TRAJECT,),
    ),
)
AMOUNTS: tuple[Amount, ...] = tuple(dict.fromkeys(spec.amount for spec in SUMS))

EARLIER, ROUNDED, UNSAFE, NOT_DELIVERED = "eerder", "afgerond", "onveilig", "niet_geleverd"
WITHHELD = {
    NOT_DELIVERED: Text(
        nl="De gemeente levert niet waaruit deze bedragen volgen.",
        en="The municipality does not deliver what these amounts follow from.",
    ),
    EARLIER: Text(
        nl=(
            "In een eerdere uitgifte staan al bedragen. Twee keer exacte bedragen van bijna dezelfde inwoners laten "
            "in hun verschil het bedrag van een enkele inwoner zien."
        ),
        en=(
            "An earlier release holds amounts already. Exact amounts of nearly the same residents, twice, show in "
            "their difference the amount of a single resident."
        ),
    ),
    ROUNDED: Text(
        nl="De aantallen in deze uitgifte zijn afgerond; een exact bedrag daarnaast zou meer zeggen dan het aantal.",
        en="The counts of this release are rounded; an exact amount beside them would tell more than the count.",
    ),
    UNSAFE: Text(
        nl="Er zijn te weinig inwoners met een bedrag, of een van hen heeft er een te groot deel van.",
        en="Too few residents have an amount, or one of them has too large a part of it.",
    ),
}
"""Why the tables of an amount are left out, by code; the code stands in the manifest."""


def sums_of(amount: Amount) -> tuple[SumSpec, ...]:
    """Return the tables of sums of an amount, in order of publication."""
    return tuple(spec for spec in SUMS if spec.amount == amount)


def sums_for(profile: Profile) -> tuple[SumSpec, ...]:
    """Return the tables of sums that can be made of what is delivered; none if the run answers a question.

    A question is about counts only (`schemas.tables.question.AMOUNT_RULE`).
    """
    return () if profile.question else tuple(spec for spec in SUMS if is_countable(spec.counted, profile))


def amounts_for(profile: Profile) -> tuple[Amount, ...]:
    """Return the amounts of those tables, each once."""
    return tuple(dict.fromkeys(spec.amount for spec in sums_for(profile)))


def are_rounded(profile: Profile) -> bool:
    """Return whether a profile rounds its counts, so that no exact sum may stand beside them."""
    return profile.method is not None
