"""Code lists of what was paid: claims under the WMO and trajectories to work."""

from schemas.codes.code_list import Code, CodeList
from schemas.text import Text

DEBETCREDIT = CodeList(
    id="debetcredit",
    codes=(
        Code(code="D", label="debet: de gemeente betaalt"),
        Code(code="C", label="credit: eerder ingediend en teruggenomen"),
    ),
    source="iWmo 3.2, bericht 323, DebetCredit; codewaarden te bevestigen",
)
JA_OF_NEE = CodeList(
    id="ja_of_nee",
    codes=(
        Code(code="ja", label=Text(nl="ja", en="yes")),
        Code(code="nee", label=Text(nl="nee", en="no")),
    ),
    source="eigen indeling",
)
KOSTENSOORTEN = CodeList(
    id="kostensoort",
    codes=(
        Code(code="huishouden", label=Text(nl="Hulp bij het huishouden", en="Domestic help")),
        Code(code="begeleiding", label=Text(nl="Begeleiding", en="Guidance and support")),
        Code(code="dagbesteding", label=Text(nl="Dagbesteding", en="Day activities")),
        Code(
            code="overig",
            label=Text(
                nl="Verzorging, vervoer, hulpmiddelen, verblijf en overig",
                en="Care, transport, aids, stays and other",
            ),
        ),
    ),
    source="eigen samenvoeging van iWmo 3.2, codelijst WMO020: drie categorieën elk apart, de rest samen",
)
TRAJECTKLASSEN = CodeList(
    id="trajectklasse",
    codes=(
        Code(
            code="werkplek",
            label=Text(
                nl="Proefplaatsing, detachering of andere werkplek",
                en="Trial placement, secondment or other work place",
            ),
        ),
        Code(
            code="begeleiding",
            label=Text(
                nl="Jobcoach, begeleiding of aanpassing op de werkplek",
                en="Job coach, guidance or adaptation at work",
            ),
        ),
        Code(code="overig", label=Text(nl="Overige voorziening", en="Other provision")),
    ),
    source="eigen samenvoeging van de voorzieningsoorten in de SRG; te bevestigen",
)
