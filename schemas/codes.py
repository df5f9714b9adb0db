"""Closed code lists. A code that is not in its list never passes a contract."""

from dataclasses import dataclass

ONBEKEND = "onbekend"


@dataclass(frozen=True)
class Code:
    """One value of a closed list, as delivered, with its Dutch label.

    Attributes:
        up_to: For a class of years: the highest completed year in it; the last class has none.
    """

    code: str
    label: str
    up_to: int | None = None


@dataclass(frozen=True)
class CodeList:
    """A closed list of codes and where it comes from.

    `source` ends in 'te bevestigen' when nobody read the list in its own source yet.
    """

    id: str
    codes: tuple[Code, ...]
    source: str

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(code.code for code in self.codes)

    def label(self, value: str) -> str:
        return next(code.label for code in self.codes if code.code == value)


def codes_of(*pairs: tuple[str, str]) -> tuple[Code, ...]:
    return tuple(Code(code, label) for code, label in pairs)


GESLACHTEN = CodeList(
    "geslacht",
    codes_of(("0", "onbekend"), ("1", "man"), ("2", "vrouw")),
    "iWmo 3.2, codelijst COD046",
)
LEEFVORMEN = CodeList(
    "leefvorm",
    codes_of(("01", "alleenstaand"), ("02", "alleenstaande ouder"), ("03", "(echt)paar")),
    "SuwiML CdLeefvorm; codewaarden te bevestigen",
)
REGELINGSOORTEN = CodeList(
    "regelingsoort",
    codes_of(("PW", "Participatiewet"), ("IOAW", "IOAW"), ("IOAZ", "IOAZ")),
    "SuwiML CdSzWet; lijst te bevestigen",
)
PRODUCTCATEGORIEEN = CodeList(
    "productcategorie",
    codes_of(
        ("01", "Hulp bij het huishouden"),
        ("02", "Begeleiding"),
        ("03", "Persoonlijke verzorging"),
        ("04", "Kortdurend verblijf"),
        ("05", "Woondiensten"),
        ("06", "Overige ondersteuning individu of huishouden"),
        ("07", "Dagbesteding"),
        ("08", "Vervoerdiensten"),
        ("09", "Overige groepsgerichte ondersteuning"),
        ("10", "Overige maatwerkarrangementen"),
        ("11", "Rolstoelen"),
        ("12", "Vervoervoorzieningen"),
        ("13", "Woonvoorzieningen"),
        ("14", "Overige hulpmiddelen"),
        ("15", "Beschermd wonen"),
        ("16", "Opvang"),
        ("17", "Spoedopvang"),
        ("18", "Overige beschermd wonen en opvang"),
    ),
    "iWmo 3.2, codelijst WMO020",
)
EENHEDEN = CodeList(
    "eenheid",
    codes_of(
        ("01", "minuut"),
        ("04", "uur"),
        ("14", "etmaal"),
        ("16", "dagdeel"),
        ("82", "stuks (output)"),
        ("83", "euro"),
        ("84", "stuks (inspanning)"),
    ),
    "iWmo 3.2, codelijst WJ756",
)
FREQUENTIES = CodeList(
    "frequentie",
    codes_of(("1", "per dag"), ("2", "per week"), ("4", "per maand"), ("6", "totaal binnen toewijzing")),
    "iWmo 3.2, codelijst WMO757",
)
LEVERINGSVORMEN = CodeList(
    "leveringsvorm",
    codes_of(("ZIN", "zorg in natura"), ("PGB", "persoonsgebonden budget")),
    "Gemeentelijk Gegevensmodel 1.9, Beschikte voorziening",
)
VOORZIENINGSOORTEN = CodeList(
    "voorzieningsoort",
    codes_of(
        ("23", "proefplaatsing voor loonwaardebepaling"),
        ("29", "overige werkplek"),
        ("30", "jobcoach of begeleiding op de werkplek"),
        ("31", "werkplekaanpassing"),
        ("59", "overige faciliterende voorziening"),
        ("LKS", "baan of detachering met loonkostensubsidie"),
    ),
    "CBS, veelgestelde vragen SRG, kenmerk Type voorziening; volledige lijst te bevestigen",
)
ZRM_DOMEINEN = CodeList(
    "zrm_domein",
    codes_of(
        ("werk_opleiding", "Werk en opleiding"),
        ("tijdsbesteding", "Tijdsbesteding"),
        ("sociaal_netwerk", "Sociaal netwerk"),
        ("maatschappelijke_participatie", "Maatschappelijke participatie"),
    ),
    "ZRM 2017; alleen de domeinen waarvoor de PIA een reden noemt (AP 2018, z2016-11841)",
)
ZRM_WITHOUT_REASON = CodeList(
    "zrm_domein_zonder_reden",
    codes_of(
        ("financien", "Financiën"), ("huisvesting", "Huisvesting"), ("huiselijke_relaties", "Huiselijke relaties"),
        ("geestelijke_gezondheid", "Geestelijke gezondheid"), ("lichamelijke_gezondheid", "Lichamelijke gezondheid"),
        ("middelengebruik", "Middelengebruik"), ("basale_adl", "Basale ADL"),
        ("instrumentele_adl", "Instrumentele ADL"), ("justitie", "Justitie"),
    ),
    "ZRM 2017; de domeinen waarvoor de PIA geen reden noemt: hun rijen worden geteld en niet gelezen",
)  # fmt: skip
TREDEN = CodeList(
    "trede",
    codes_of(
        ("1", "1 Geïsoleerd"),
        ("2", "2 Sociale contacten buitenshuis"),
        ("3", "3 Deelname georganiseerde activiteiten"),
        ("4", "4 Onbetaald werk"),
        ("5", "5 Betaald werk met ondersteuning"),
        ("6", "6 Betaald werk"),
    ),
    "Participatieladder, VNG en Divosa",
)
TREDEKLASSEN = CodeList(
    "tredeklasse",
    (*TREDEN.codes, Code(ONBEKEND, "onbekend of ouder dan 12 maanden")),
    TREDEN.source,
)
REGELINGEN = CodeList(
    "regeling",
    codes_of(
        ("pwet", "alleen Participatiewet"),
        ("beide", "Participatiewet en WMO"),
        ("wmo", "alleen WMO"),
    ),
    "eigen indeling: lopende uitkering of voorziening op de peildatum",
)
LEEFTIJDSKLASSEN = CodeList(
    "leeftijdsklasse",
    (
        Code("<27", "jonger dan 27", up_to=26),
        Code("27-44", "27 tot en met 44", up_to=44),
        Code("45-54", "45 tot en met 54", up_to=54),
        Code("55-65", "55 tot en met 65", up_to=65),
        Code("66+", "66 of ouder"),
        Code(ONBEKEND, "onbekend"),
    ),
    "indicatorencatalogus I2; de grens 66 benadert de AOW-leeftijd van 2019, te bevestigen",
)
DUURKLASSEN = CodeList(
    "duurklasse",
    (
        Code("<1", "korter dan 1 jaar", up_to=0),
        Code("1-2", "1 tot 3 jaar", up_to=2),
        Code("3-4", "3 tot 5 jaar", up_to=4),
        Code("5-9", "5 tot 10 jaar", up_to=9),
        Code("10+", "10 jaar of langer"),
    ),
    "indicatorencatalogus I3",
)
JA_NEE = CodeList(
    "ja_nee",
    codes_of(("J", "ja"), ("N", "nee")),
    "export van de leverancier; codewaarden te bevestigen",
)
# Every code says of what, so that 'onbekend' in two tables is never read as one count.
STARTKWALIFICATIES = CodeList(
    "startkwalificatie",
    codes_of(
        ("met", "met startkwalificatie"),
        ("zonder", "zonder startkwalificatie"),
        ("startkwalificatie_onbekend", "startkwalificatie onbekend"),
    ),
    JA_NEE.source,
)
DEELTIJDWERK = CodeList(
    "deeltijdwerk",
    codes_of(
        ("werkt", "met inkomsten uit arbeid"),
        ("werkt_niet", "zonder inkomsten uit arbeid"),
        ("inkomsten_onbekend", "inkomsten onbekend"),
    ),
    JA_NEE.source,
)
ONTHEFFINGEN = CodeList(
    "ontheffing",
    codes_of(
        ("00", "geen"),
        ("01", "ouder met een kind jonger dan 5 jaar"),
        ("02", "sociaal of medisch, tijdelijk"),
        ("03", "sociaal of medisch, permanent"),
    ),
    "Gemeentelijk Gegevensmodel 1.9, SoortOntheffing; codewaarden te bevestigen",
)
ONTHEFFINGKLASSEN = CodeList(
    "ontheffingklasse",
    codes_of(
        ("geen", "geen ontheffing"),
        ("tijdelijk", "tijdelijk (ook ouder met een kind jonger dan 5 jaar)"),
        ("permanent", "permanent, op sociale of medische grond"),
        (ONBEKEND, "ontheffing onbekend"),
    ),
    ONTHEFFINGEN.source,
)
LEEFVORMKLASSEN = CodeList(
    "leefvormklasse",
    (*LEEFVORMEN.codes, Code(ONBEKEND, "leefvorm onbekend")),
    LEEFVORMEN.source,
)
BEWEGINGEN = CodeList(
    "beweging",
    codes_of(
        ("omhoog", "een of meer treden omhoog"),
        ("gelijk", "dezelfde trede"),
        ("omlaag", "een of meer treden omlaag"),
        (ONBEKEND, "geen twee metingen om te vergelijken"),
    ),
    "indicatorencatalogus I5, met de participatieladder van VNG en Divosa",
)
GEEN = "geen"
LOONWAARDEKLASSEN = CodeList(
    "loonwaardeklasse",
    codes_of(
        ("<30", "lager dan 30 %"),
        ("30-49", "30 tot 50 %"),
        ("50-69", "50 tot 70 %"),
        ("70+", "70 % of hoger"),
        (ONBEKEND, "loonwaarde niet gemeten"),
        (GEEN, "geen lopende voorziening"),
    ),
    "indicatorencatalogus I7",
)
VOORZIENINGKLASSEN = CodeList(
    "voorzieningklasse",
    (*VOORZIENINGSOORTEN.codes, Code(GEEN, "geen lopende voorziening")),
    VOORZIENINGSOORTEN.source,
)
ZRM_KLASSEN = CodeList(
    "zrm_klasse",
    codes_of(("1-2", "niet zelfredzaam (1-2)"), ("3", "beperkt zelfredzaam (3)"), ("4-5", "zelfredzaam (4-5)")),
    "Zelfredzaamheid-Matrix 2017: 1 en 2 niet, 3 beperkt, 4 en 5 voldoende of volledig zelfredzaam",
)
NIET_GEMETEN = "niet_gemeten"
ZRM_UITKOMSTEN = CodeList(
    "zrm_uitkomst",
    (
        *(
            Code(f"{domein.code}:{klasse.code}", f"{domein.label}: {klasse.label}")
            for domein in ZRM_DOMEINEN.codes
            for klasse in ZRM_KLASSEN.codes
        ),
        Code(NIET_GEMETEN, "op geen van deze domeinen gemeten"),
    ),
    ZRM_DOMEINEN.source,
)
BELEMMERINGEN = CodeList(
    "belemmeringen",
    codes_of(
        ("0", "op geen domein"), ("1", "op een domein"), ("2", "op twee domeinen"), ("3", "op drie domeinen"),
        ("4", "op vier domeinen"), (ONBEKEND, "op geen domein gemeten"),
    ),
    "indicatorencatalogus I12: een domein met score 1 of 2 is een belemmering",
)  # fmt: skip
