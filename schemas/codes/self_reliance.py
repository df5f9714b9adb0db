"""Code lists of the Zelfredzaamheid-Matrix, and of the barriers that are counted from it."""

from schemas.codes.code_list import ONBEKEND, Code, CodeList
from schemas.text import Text, unchanged

ZRM_DOMEINEN = CodeList(
    id="zrm_domein",
    codes=(
        Code(code="werk_opleiding", label=Text(nl="Werk en opleiding", en="Work and education")),
        Code(code="tijdsbesteding", label=Text(nl="Tijdsbesteding", en="Use of time")),
        Code(code="sociaal_netwerk", label=Text(nl="Sociaal netwerk", en="Social network")),
        Code(
            code="maatschappelijke_participatie",
            label=Text(nl="Maatschappelijke participatie", en="Participation in society"),
        ),
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
        Code(code="1-2", label=Text(nl="niet zelfredzaam (1-2)", en="not self-sufficient (1-2)")),
        Code(code="3", label=Text(nl="beperkt zelfredzaam (3)", en="partly self-sufficient (3)")),
        Code(code="4-5", label=Text(nl="zelfredzaam (4-5)", en="self-sufficient (4-5)")),
    ),
    source="Zelfredzaamheid-Matrix 2017: 1 en 2 niet, 3 beperkt, 4 en 5 voldoende of volledig zelfredzaam",
)
NIET_GEMETEN = "niet_gemeten"
_OF = unchanged("{domein}: {klasse}")
ZRM_UITKOMSTEN = CodeList(
    id="zrm_uitkomst",
    codes=(
        *(
            Code(code=f"{domein.code}:{klasse.code}", label=_OF.fill(domein=domein.label, klasse=klasse.label))
            for domein in ZRM_DOMEINEN.codes
            for klasse in ZRM_KLASSEN.codes
        ),
        Code(
            code=NIET_GEMETEN,
            label=Text(
                nl="op geen van deze domeinen gemeten",
                en="measured in none of these domains",
            ),
        ),
    ),
    source=ZRM_DOMEINEN.source,
)
BELEMMERINGEN = CodeList(
    id="belemmeringen",
    codes=(
        Code(code="0", label=Text(nl="op geen domein", en="in no domain")),
        Code(code="1", label=Text(nl="op een domein", en="in one domain")),
        Code(code="2", label=Text(nl="op twee domeinen", en="in two domains")),
        Code(code="3", label=Text(nl="op drie domeinen", en="in three domains")),
        Code(code="4", label=Text(nl="op vier domeinen", en="in four domains")),
        Code(code=ONBEKEND, label=Text(nl="op geen domein gemeten", en="measured in no domain")),
    ),
    source="indicatorencatalogus I12: een domein met score 1 of 2 is een belemmering",
)
