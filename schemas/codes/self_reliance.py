"""Code lists of the Zelfredzaamheid-Matrix, and of the barriers that are counted from it."""

from schemas.codes.code_list import ONBEKEND, Code, CodeList, codes_of

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
