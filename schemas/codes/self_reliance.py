"""Code lists of the Zelfredzaamheid-Matrix, and of the barriers that are counted from it."""

from schemas.codes.code_list import ONBEKEND, Code, CodeList

ZRM_DOMEINEN = CodeList(
    id="zrm_domein",
    codes=(
        Code(code="werk_opleiding", label="Werk en opleiding"),
        Code(code="tijdsbesteding", label="Tijdsbesteding"),
        Code(code="sociaal_netwerk", label="Sociaal netwerk"),
        Code(code="maatschappelijke_participatie", label="Maatschappelijke participatie"),
    ),
    source="ZRM 2017; alleen de domeinen waarvoor de PIA een reden noemt (AP 2018, z2016-11841)",
)
ZRM_WITHOUT_REASON = CodeList(
    id="zrm_domein_zonder_reden",
    codes=(
        Code(code="financien", label="Financiën"),
        Code(code="huisvesting", label="Huisvesting"),
        Code(code="huiselijke_relaties", label="Huiselijke relaties"),
        Code(code="geestelijke_gezondheid", label="Geestelijke gezondheid"),
        Code(code="lichamelijke_gezondheid", label="Lichamelijke gezondheid"),
        Code(code="middelengebruik", label="Middelengebruik"),
        Code(code="basale_adl", label="Basale ADL"),
        Code(code="instrumentele_adl", label="Instrumentele ADL"),
        Code(code="justitie", label="Justitie"),
    ),
    source="ZRM 2017; de domeinen waarvoor de PIA geen reden noemt: hun rijen worden geteld en niet gelezen",
)
ZRM_KLASSEN = CodeList(
    id="zrm_klasse",
    codes=(
        Code(code="1-2", label="niet zelfredzaam (1-2)"),
        Code(code="3", label="beperkt zelfredzaam (3)"),
        Code(code="4-5", label="zelfredzaam (4-5)"),
    ),
    source="Zelfredzaamheid-Matrix 2017: 1 en 2 niet, 3 beperkt, 4 en 5 voldoende of volledig zelfredzaam",
)
NIET_GEMETEN = "niet_gemeten"
ZRM_UITKOMSTEN = CodeList(
    id="zrm_uitkomst",
    codes=(
        *(
            Code(code=f"{domein.code}:{klasse.code}", label=f"{domein.label}: {klasse.label}")
            for domein in ZRM_DOMEINEN.codes
            for klasse in ZRM_KLASSEN.codes
        ),
        Code(code=NIET_GEMETEN, label="op geen van deze domeinen gemeten"),
    ),
    source=ZRM_DOMEINEN.source,
)
BELEMMERINGEN = CodeList(
    id="belemmeringen",
    codes=(
        Code(code="0", label="op geen domein"),
        Code(code="1", label="op een domein"),
        Code(code="2", label="op twee domeinen"),
        Code(code="3", label="op drie domeinen"),
        Code(code="4", label="op vier domeinen"),
        Code(code=ONBEKEND, label="op geen domein gemeten"),
    ),
    source="indicatorencatalogus I12: een domein met score 1 of 2 is een belemmering",
)
