"""Code lists of what was paid: claims under the WMO and trajectories to work."""

from schemas.codes.code_list import CodeList, codes_of

DEBETCREDIT = CodeList(
    "debetcredit",
    codes_of(("D", "debet: de gemeente betaalt"), ("C", "credit: eerder ingediend en teruggenomen")),
    "iWmo 3.2, bericht 323, DebetCredit; codewaarden te bevestigen",
)
JA_OF_NEE = CodeList("ja_of_nee", codes_of(("ja", "ja"), ("nee", "nee")), "eigen indeling")
KOSTENSOORTEN = CodeList(
    "kostensoort",
    codes_of(
        ("huishouden", "Hulp bij het huishouden"),
        ("begeleiding", "Begeleiding en verzorging"),
        ("dagbesteding", "Dagbesteding, groep en vervoer"),
        ("overig", "Hulpmiddelen, woonvoorzieningen, verblijf en overig"),
    ),
    "eigen samenvoeging van iWmo 3.2, codelijst WMO020: naar aard van de ondersteuning",
)
TRAJECTKLASSEN = CodeList(
    "trajectklasse",
    codes_of(
        ("werkplek", "Proefplaatsing, detachering of andere werkplek"),
        ("begeleiding", "Jobcoach, begeleiding of aanpassing op de werkplek"),
        ("overig", "Overige voorziening"),
    ),
    "eigen samenvoeging van de voorzieningsoorten in de SRG; te bevestigen",
)
