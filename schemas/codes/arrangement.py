"""Closed code lists of the Transitie Arrangement and of the pilot with day activities, as delivered."""

from schemas.codes.code_list import Code, CodeList
from schemas.text import Text

AANBIEDERSOORTEN = CodeList(
    id="aanbiedersoort",
    codes=(
        Code(code="wsd", label="WSD"),
        Code(code="zorg", label="zorgaanbieder"),
        Code(code="lokaal", label="lokale aanbieder"),
    ),
    source="evaluatierapport Vught 2019, aanbieders per trede; codewaarden te bevestigen",
)
DETACHERINGSVORMEN = CodeList(
    id="detacheringsvorm",
    codes=(
        Code(code="beschut", label=Text(nl="Beschut", en="Sheltered")),
        Code(code="groep", label=Text(nl="Groep", en="Group")),
        Code(code="doorstroom", label=Text(nl="Doorstroom", en="Moving on")),
        Code(code="individueel", label=Text(nl="Individueel", en="Individual")),
    ),
    source="WSD, soorten detachering in het Transitie Arrangement (evaluatierapport Vught 2019); te bevestigen",
)
EINDREDENEN = CodeList(
    id="reden_einde",
    codes=(
        Code(
            code="lks",
            label=Text(
                nl="Arbeidsovereenkomst: doorstroom naar LKS",
                en="Employment contract: moved on to LKS",
            ),
        ),
        Code(code="loonwaarde", label=Text(nl="Geen verminderde loonwaarde", en="No reduced productivity")),
        Code(
            code="motivatie",
            label=Text(
                nl="Teruggemeld in verband met motivatie",
                en="Reported back because of motivation",
            ),
        ),
        Code(
            code="niet_in_staat",
            label=Text(
                nl="Teruggemeld, niet in staat om te werken",
                en="Reported back, not able to work",
            ),
        ),
        Code(code="wijziging", label=Text(nl="Wijziging van traject", en="Change of trajectory")),
        Code(
            code="regulier",
            label=Text(
                nl="Uitstroom naar regulier werk of uit de uitkering",
                en="Left for regular work or left the benefit",
            ),
        ),
    ),
    source="WSD, redenen van uitval in het Transitie Arrangement (evaluatierapport Vught 2019); te bevestigen",
)
OGDB_ONDERDELEN = CodeList(
    id="ogdb_onderdeel",
    codes=(
        Code(code="planregie", label="Planregie"),
        Code(code="oad", label="Ontwikkelingsgerichte arbeidsmatige dagbesteding"),
    ),
    source="pilot ontwikkelingsgerichte dagbesteding, Vught 2018-2019; te bevestigen",
)
OGDB_STATUSSEN = CodeList(
    id="ogdb_status",
    codes=(
        Code(code="niet_gestart", label=Text(nl="Niet gestart", en="Not started")),
        Code(code="lopend", label=Text(nl="Lopend", en="Running")),
        Code(code="afgerond", label="Afgerond"),
        Code(code="verlengd", label="Afgerond en verlengd"),
    ),
    source=OGDB_ONDERDELEN.source,
)
OGDB_PARTICIPATIEKLASSEN = CodeList(
    id="ogdb_participatieklasse",
    codes=(
        Code(code="4-8", label="4 tot 8 uur per week"),
        Code(code="12-24", label="12 tot 24 uur per week"),
    ),
    source=OGDB_ONDERDELEN.source,
)
DOELDOMEINEN = CodeList(
    id="doel_domein",
    codes=(
        Code(code="werk_opleiding", label="Werk en opleiding"),
        Code(code="maatschappelijke_participatie", label="Maatschappelijke participatie"),
        Code(code="tijdsbesteding", label="Tijdsbesteding"),
        Code(code="sociaal_netwerk", label="Sociaal netwerk"),
        Code(code="geestelijke_gezondheid", label="Geestelijke gezondheid"),
        Code(code="lichamelijke_gezondheid", label="Lichamelijke gezondheid"),
    ),
    source="ZRM 2017, de domeinen waarop de pilot ontwikkelingsgerichte dagbesteding doelen stelde; te bevestigen",
)
