"""Code lists of what was paid: claims under the WMO and trajectories to work."""

from schemas.codes.code_list import Code, CodeList

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
        Code(code="ja", label="ja"),
        Code(code="nee", label="nee"),
    ),
    source="eigen indeling",
)
KOSTENSOORTEN = CodeList(
    id="kostensoort",
    codes=(
        Code(code="huishouden", label="Hulp bij het huishouden"),
        Code(code="begeleiding", label="Begeleiding en verzorging"),
        Code(code="dagbesteding", label="Dagbesteding, groep en vervoer"),
        Code(code="overig", label="Hulpmiddelen, woonvoorzieningen, verblijf en overig"),
    ),
    source="eigen samenvoeging van iWmo 3.2, codelijst WMO020: naar aard van de ondersteuning",
)
TRAJECTKLASSEN = CodeList(
    id="trajectklasse",
    codes=(
        Code(code="werkplek", label="Proefplaatsing, detachering of andere werkplek"),
        Code(code="begeleiding", label="Jobcoach, begeleiding of aanpassing op de werkplek"),
        Code(code="overig", label="Overige voorziening"),
    ),
    source="eigen samenvoeging van de voorzieningsoorten in de SRG; te bevestigen",
)
