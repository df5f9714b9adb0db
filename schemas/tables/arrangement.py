"""Tables of the Transitie Arrangement, LKS-banen and the pilot; their residents may have left."""

from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables import coarser
from schemas.tables.dimensions import (
    DETACHERINGSVORM,
    LKS,
    LKS_BEGIN,
    LKS_STAND,
    OGDB,
    OGDB_STAND,
    TA_BEGIN,
    UITVAL_BAAN,
    UITVAL_PROEF,
)
from schemas.text import Text

LKS_STAND_TABLE = TableSpec(
    id="T21",
    title=Text(
        nl="Inwoners met een LKS-baan of in het Transitie Arrangement naar stand",
        en="Residents with an LKS job or in the Transitie Arrangement by standing",
    ),
    question=Text(
        nl="Hoeveel inwoners zijn met loonkostensubsidie geplaatst, bij WSD en bij de gemeente?",
        en="How many residents were placed with a wage subsidy, at WSD and with the municipality?",
    ),
    dimensions=(coarser.LKS_STAND,),
    population=((LKS, "ja"),),
    caveats=(
        Text(
            nl=(
                "Geteld is wie er sinds 1 januari van twee jaar voor de peildatum op een dag in was, ook zonder "
                "uitkering."
            ),
            en=(
                "Counted is who was in it on any day since 1 January of two years before the reference date, also "
                "without a benefit."
            ),
        ),
        Text(
            nl="De stand bij WSD is met proefplaatsingen, zoals in het evaluatierapport.",
            en="The standing at WSD includes trial placements, as in the evaluation report.",
        ),
    ),
)

TA_STAND_TABLE = TableSpec(
    id="T22",
    title=Text(
        nl="Inwoners in het Transitie Arrangement naar stand",
        en="Residents in the Transitie Arrangement by standing",
    ),
    question=Text(
        nl="Hoe is het Transitie Arrangement samengesteld?",
        en="How is the Transitie Arrangement composed?",
    ),
    dimensions=(coarser.LKS_STAND,),
    population=((LKS, "ta"),),
    caveats=(
        Text(
            nl=(
                "Geteld is wie er sinds 1 januari van twee jaar voor de peildatum op een dag in was, ook zonder "
                "uitkering."
            ),
            en=(
                "Counted is who was in it on any day since 1 January of two years before the reference date, also "
                "without a benefit."
            ),
        ),
        Text(
            nl="De stand bij WSD is met proefplaatsingen, zoals in het evaluatierapport.",
            en="The standing at WSD includes trial placements, as in the evaluation report.",
        ),
    ),
)

TA_BEGIN_TABLE = TableSpec(
    id="T23",
    title=Text(
        nl="Inwoners in het Transitie Arrangement naar instroom",
        en="Residents in the Transitie Arrangement by inflow",
    ),
    question=Text(
        nl="Hoeveel inwoners waren er al, en hoeveel kwamen erbij?",
        en="How many residents were in it already, and how many joined?",
    ),
    dimensions=(TA_BEGIN,),
    population=((LKS, "ta"),),
    caveats=(
        Text(
            nl=(
                "Geteld is wie er sinds 1 januari van twee jaar voor de peildatum op een dag in was, ook zonder "
                "uitkering."
            ),
            en=(
                "Counted is who was in it on any day since 1 January of two years before the reference date, also "
                "without a benefit."
            ),
        ),
    ),
)

DETACHERINGSVORM_TABLE = TableSpec(
    id="T24",
    title=Text(
        nl="Inwoners die bij WSD zijn geplaatst naar soort detachering",
        en="Residents placed at WSD by kind of secondment",
    ),
    question=Text(
        nl="Hoeveel inwoners werken in een groep, en hoeveel op een andere manier?",
        en="How many residents work in a group, and how many in another way?",
    ),
    dimensions=(DETACHERINGSVORM,),
    population=((LKS, "ta"), (LKS_STAND, "wsd")),
    caveats=(
        Text(
            nl="Beschut, doorstroom en individueel staan ook samen, als overig.",
            en="Sheltered, moving on and individual also stand together, as other.",
        ),
        Text(
            nl="Gemiddelde loonwaarde per soort, en laagste en hoogste, worden niet gepubliceerd.",
            en="Mean productivity by kind, and the lowest and highest, are not published.",
        ),
    ),
    disclosure=DisclosureProfile(sensitive=(DETACHERINGSVORM,)),
)

UITVAL_PROEF_TABLE = TableSpec(
    id="T25",
    title=Text(
        nl="Inwoners in het Transitie Arrangement naar einde van de proefplaatsing",
        en="Residents in the Transitie Arrangement by end of the trial placement",
    ),
    question=Text(
        nl="Waarom eindigt een proefplaatsing, en hoe vaak volgt een baan?",
        en="Why does a trial placement end, and how often does a job follow?",
    ),
    dimensions=(UITVAL_PROEF,),
    population=((LKS, "ta"),),
    caveats=(
        Text(
            nl="Geteld is het laatste einde sinds 1 januari van twee jaar voor de peildatum.",
            en="Counted is the last end since 1 January of two years before the reference date.",
        ),
        Text(
            nl="De redenen staan ook samen, als beëindigd zonder LKS-baan.",
            en="The reasons also stand together, as ended without an LKS job.",
        ),
    ),
    disclosure=DisclosureProfile(sensitive=(UITVAL_PROEF,)),
)

UITVAL_BAAN_TABLE = TableSpec(
    id="T26",
    title=Text(
        nl="Inwoners in het Transitie Arrangement naar einde van de detachering",
        en="Residents in the Transitie Arrangement by end of the secondment",
    ),
    question=Text(
        nl="Waarom eindigt een detachering met loonkostensubsidie?",
        en="Why does a secondment with a wage subsidy end?",
    ),
    dimensions=(UITVAL_BAAN,),
    population=((LKS, "ta"),),
    caveats=(
        Text(
            nl="Geteld is het laatste einde sinds 1 januari van twee jaar voor de peildatum.",
            en="Counted is the last end since 1 January of two years before the reference date.",
        ),
        Text(
            nl="De redenen staan ook samen, als beëindigd.",
            en="The reasons also stand together, as ended.",
        ),
    ),
    disclosure=DisclosureProfile(sensitive=(UITVAL_BAAN,)),
)

LKS_BEGIN_TABLE = TableSpec(
    id="T27",
    title=Text(
        nl="Inwoners met een LKS-baan of in het Transitie Arrangement naar jaar van begin",
        en="Residents with an LKS job or in the Transitie Arrangement by year of start",
    ),
    question=Text(
        nl="Hoeveel LKS-banen zijn dit jaar en vorig jaar gerealiseerd?",
        en="How many LKS jobs were realised this year and last year?",
    ),
    dimensions=(LKS_BEGIN,),
    population=((LKS, "ja"),),
    caveats=(
        Text(
            nl="Wie in beide jaren een LKS-baan begon, telt bij de laatste.",
            en="Who started an LKS job in both years counts with the last.",
        ),
    ),
)

OGDB_STAND_TABLE = TableSpec(
    id="T28",
    title=Text(
        nl="Aanmeldingen voor de pilot ontwikkelingsgerichte dagbesteding naar stand",
        en="Registrations for the pilot of developmental day activities by standing",
    ),
    question=Text(
        nl="Hoeveel inwoners zijn aangemeld, en hoeveel zijn in traject gekomen?",
        en="How many residents were registered, and how many got into a trajectory?",
    ),
    dimensions=(OGDB_STAND,),
    population=((OGDB, "ja"),),
    caveats=(
        Text(
            nl="Geteld zijn inwoners; wie twee keer is aangemeld, telt met de laatste aanmelding.",
            en="Counted are residents; who was registered twice counts with the last registration.",
        ),
    ),
    disclosure=DisclosureProfile(sensitive=(OGDB_STAND,)),
)

TABLES = (
    LKS_STAND_TABLE,
    TA_STAND_TABLE,
    TA_BEGIN_TABLE,
    DETACHERINGSVORM_TABLE,
    UITVAL_PROEF_TABLE,
    UITVAL_BAAN_TABLE,
    LKS_BEGIN_TABLE,
    OGDB_STAND_TABLE,
)
