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

LKS_STAND_TABLE = TableSpec(
    id="T21",
    title="Inwoners met een LKS-baan of in het Transitie Arrangement naar stand",
    question="Hoeveel inwoners zijn met loonkostensubsidie geplaatst, bij WSD en bij de gemeente?",
    dimensions=(coarser.LKS_STAND,),
    population=((LKS, "ja"),),
    caveats=(
        "Geteld is wie er sinds 1 januari van twee jaar voor de peildatum op een dag in was, ook zonder uitkering.",
        "De stand bij WSD is met proefplaatsingen, zoals in het evaluatierapport.",
    ),
)

TA_STAND_TABLE = TableSpec(
    id="T22",
    title="Inwoners in het Transitie Arrangement naar stand",
    question="Hoe is het Transitie Arrangement samengesteld?",
    dimensions=(coarser.LKS_STAND,),
    population=((LKS, "ta"),),
    caveats=(
        "Geteld is wie er sinds 1 januari van twee jaar voor de peildatum op een dag in was, ook zonder uitkering.",
        "De stand bij WSD is met proefplaatsingen, zoals in het evaluatierapport.",
    ),
)

TA_BEGIN_TABLE = TableSpec(
    id="T23",
    title="Inwoners in het Transitie Arrangement naar instroom",
    question="Hoeveel inwoners waren er al, en hoeveel kwamen erbij?",
    dimensions=(TA_BEGIN,),
    population=((LKS, "ta"),),
    caveats=(
        "Geteld is wie er sinds 1 januari van twee jaar voor de peildatum op een dag in was, ook zonder uitkering.",
    ),
)

DETACHERINGSVORM_TABLE = TableSpec(
    id="T24",
    title="Inwoners die bij WSD zijn geplaatst naar soort detachering",
    question="Hoeveel inwoners werken in een groep, en hoeveel op een andere manier?",
    dimensions=(DETACHERINGSVORM,),
    population=((LKS, "ta"), (LKS_STAND, "wsd")),
    caveats=(
        "Beschut, doorstroom en individueel zijn te klein om apart te tonen en staan samen als overig.",
        "Gemiddelde loonwaarde per soort, en laagste en hoogste, worden niet gepubliceerd.",
    ),
    disclosure=DisclosureProfile(sensitive=(DETACHERINGSVORM,)),
)

UITVAL_PROEF_TABLE = TableSpec(
    id="T25",
    title="Inwoners in het Transitie Arrangement naar einde van de proefplaatsing",
    question="Waarom eindigt een proefplaatsing, en hoe vaak volgt een baan?",
    dimensions=(UITVAL_PROEF,),
    population=((LKS, "ta"),),
    caveats=(
        "Geteld is het laatste einde sinds 1 januari van twee jaar voor de peildatum.",
        "Redenen van enkele inwoners staan samen als beëindigd zonder LKS-baan.",
    ),
    disclosure=DisclosureProfile(sensitive=(UITVAL_PROEF,)),
)

UITVAL_BAAN_TABLE = TableSpec(
    id="T26",
    title="Inwoners in het Transitie Arrangement naar einde van de detachering",
    question="Waarom eindigt een detachering met loonkostensubsidie?",
    dimensions=(UITVAL_BAAN,),
    population=((LKS, "ta"),),
    caveats=(
        "Geteld is het laatste einde sinds 1 januari van twee jaar voor de peildatum.",
        "Redenen van enkele inwoners staan samen als beëindigd.",
    ),
    disclosure=DisclosureProfile(sensitive=(UITVAL_BAAN,)),
)

LKS_BEGIN_TABLE = TableSpec(
    id="T27",
    title="Inwoners met een LKS-baan of in het Transitie Arrangement naar jaar van begin",
    question="Hoeveel LKS-banen zijn dit jaar en vorig jaar gerealiseerd?",
    dimensions=(LKS_BEGIN,),
    population=((LKS, "ja"),),
    caveats=("Wie in beide jaren een LKS-baan begon, telt bij de laatste.",),
)

OGDB_STAND_TABLE = TableSpec(
    id="T28",
    title="Aanmeldingen voor de pilot ontwikkelingsgerichte dagbesteding naar stand",
    question="Hoeveel inwoners zijn aangemeld, en hoeveel zijn in traject gekomen?",
    dimensions=(OGDB_STAND,),
    population=((OGDB, "ja"),),
    caveats=("Geteld zijn inwoners; wie twee keer is aangemeld, telt met de laatste aanmelding.",),
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
