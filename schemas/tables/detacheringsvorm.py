from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables.dimensions import DETACHERINGSVORM, LKS, LKS_STAND

TABLE = TableSpec(
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
