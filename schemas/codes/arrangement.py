"""Closed code lists of the Transitie Arrangement and of the pilot with day activities, as delivered."""

from schemas.codes.code_list import CodeList, codes_of

AANBIEDERSOORTEN = CodeList(
    "aanbiedersoort",
    codes_of(("wsd", "WSD"), ("zorg", "zorgaanbieder"), ("lokaal", "lokale aanbieder")),
    "evaluatierapport Vught 2019, aanbieders per trede; codewaarden te bevestigen",
)
DETACHERINGSVORMEN = CodeList(
    "detacheringsvorm",
    codes_of(
        ("beschut", "Beschut"), ("groep", "Groep"), ("doorstroom", "Doorstroom"), ("individueel", "Individueel"),
    ),
    "WSD, soorten detachering in het Transitie Arrangement (evaluatierapport Vught 2019); te bevestigen",
)  # fmt: skip
EINDREDENEN = CodeList(
    "reden_einde",
    codes_of(
        ("lks", "Arbeidsovereenkomst: doorstroom naar LKS"),
        ("loonwaarde", "Geen verminderde loonwaarde"),
        ("motivatie", "Teruggemeld in verband met motivatie"),
        ("niet_in_staat", "Teruggemeld, niet in staat om te werken"),
        ("wijziging", "Wijziging van traject"),
        ("regulier", "Uitstroom naar regulier werk of uit de uitkering"),
    ),
    "WSD, redenen van uitval in het Transitie Arrangement (evaluatierapport Vught 2019); te bevestigen",
)
OGDB_ONDERDELEN = CodeList(
    "ogdb_onderdeel",
    codes_of(("planregie", "Planregie"), ("oad", "Ontwikkelingsgerichte arbeidsmatige dagbesteding")),
    "pilot ontwikkelingsgerichte dagbesteding, Vught 2018-2019; te bevestigen",
)
OGDB_STATUSSEN = CodeList(
    "ogdb_status",
    codes_of(
        ("niet_gestart", "Niet gestart"),
        ("lopend", "Lopend"),
        ("afgerond", "Afgerond"),
        ("verlengd", "Afgerond en verlengd"),
    ),
    OGDB_ONDERDELEN.source,
)
OGDB_PARTICIPATIEKLASSEN = CodeList(
    "ogdb_participatieklasse",
    codes_of(("4-8", "4 tot 8 uur per week"), ("12-24", "12 tot 24 uur per week")),
    OGDB_ONDERDELEN.source,
)
DOELDOMEINEN = CodeList(
    "doel_domein",
    codes_of(
        ("werk_opleiding", "Werk en opleiding"),
        ("maatschappelijke_participatie", "Maatschappelijke participatie"),
        ("tijdsbesteding", "Tijdsbesteding"),
        ("sociaal_netwerk", "Sociaal netwerk"),
        ("geestelijke_gezondheid", "Geestelijke gezondheid"),
        ("lichamelijke_gezondheid", "Lichamelijke gezondheid"),
    ),
    "ZRM 2017, de domeinen waarop de pilot ontwikkelingsgerichte dagbesteding doelen stelde; te bevestigen",
)
