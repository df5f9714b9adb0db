"""Mogelijkheden, kansen, risico's: every segment rule once, as an expression with its text beside it.

A rule reads the classes of `transforms.persons.derive`, never a date or an amount, and never null: what is
not known does not count. Rules are used for counts of groups only; who is in a segment leaves the
pipeline nowhere (DPIA point 4, AVG art. 22, te bevestigen).
"""

from dataclasses import dataclass, field

import polars as pl

from schemas.codes import GEEN, Code, CodeList
from schemas.text import Text, unchanged

INDICATIE_EINDIGT = "indicatie_eindigt"
GEEN_CONTACT = "geen_contact"
SIGNALS = (INDICATIE_EINDIGT, GEEN_CONTACT)
"""Columns of true and false that only these rules read, and that no table counts."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Segment:
    """A group of residents that a rule picks out.

    Attributes:
        code: Category of the dimension that counts it.
        indicator: Number in the indicatorencatalogus.
        text: The rule as a municipality reads it.
        rule: Boolean expression over the derived columns; never null.
    """

    code: str
    label: Text
    indicator: str
    text: Text
    rule: pl.Expr = field(repr=False)

    @property
    def sentence(self) -> Text:
        """Label and rule together, as a note below a table."""
        return unchanged("{label}: {text}").fill(label=self.label.capital(), text=self.text)


_IN_PWET = pl.col("regeling").is_in(["pwet", "beide"])
_IN_WMO = pl.col("regeling").is_in(["wmo", "beide"])
_TREDE = pl.col("trede")
_MAY_WORK = pl.col("ontheffing").is_in(["geen", "tijdelijk"])
_ZRM_WERK = pl.col("zrm").list.contains("werk_opleiding:3") | pl.col("zrm").list.contains("werk_opleiding:4-5")
_YOUNGER_THAN_66 = pl.col("leeftijdsklasse").is_in(["<27", "27-44", "45-54", "55-65"])
_DAGBESTEDING = _IN_WMO & pl.col("productcategorie").list.contains("07") & _YOUNGER_THAN_66
_NEXT_STEP = _IN_PWET & _TREDE.is_in(["3", "4"]) & (pl.col("loonwaarde") != "<30") & _MAY_WORK

MOGELIJKHEID = Segment(
    code="ja",
    label=Text(nl="volgende stap mogelijk", en="next step possible"),
    indicator="I13",
    text=Text(
        nl=(
            "Participatiewet, trede 3 of 4, geen of een tijdelijke ontheffing van de arbeidsplicht, en geen gemeten "
            "loonwaarde lager dan 30 %. Is de loonwaarde niet gemeten, dan telt de inwoner mee: zij wordt alleen bij "
            "een voorziening gemeten. Is de ontheffing onbekend, dan niet."
        ),
        en=(
            "Participatiewet, rung 3 or 4, no exemption from the duty to work or a temporary one, and no measured "
            "productivity below 30%. Where productivity was not measured, the resident counts: it is measured only "
            "with a provision. Where the exemption is unknown, the resident does not count."
        ),
    ),
    rule=_NEXT_STEP,
)

KANSEN: tuple[Segment, ...] = (
    Segment(
        code="dagbesteding",
        label=Text(
            nl="dagbesteding met perspectief op vrijwilligerswerk of OAD",
            en="day activities with prospects of voluntary work or OAD",
        ),
        indicator="I14",
        text=Text(
            nl=(
                "Lopende WMO-dagbesteding (categorie 07), jonger dan 66, en op het ZRM-domein werk en opleiding een "
                "score van 3 of hoger in de laatste twaalf maanden."
            ),
            en=(
                "running WMO day activities (category 07), younger than 66, and a score of 3 or higher in the ZRM "
                "domain work and education in the last twelve months."
            ),
        ),
        rule=_DAGBESTEDING & _ZRM_WERK,
    ),
    Segment(
        code="trede_5",
        label=Text(
            nl="van trede 4 naar betaald werk met ondersteuning",
            en="from rung 4 to paid work with support",
        ),
        indicator="I14",
        text=Text(
            nl="Een volgende stap is mogelijk (I13) en de inwoner staat op trede 4.",
            en="a next step is possible (I13) and the resident is on rung 4.",
        ),
        rule=_NEXT_STEP & (_TREDE == "4"),
    ),
    Segment(
        code="wal_en_schip",
        label=Text(nl="tussen wal en schip", en="between two stools"),
        indicator="I16",
        text=Text(
            nl=(
                "Onderkant Participatiewet (trede 1 of 2) of WMO-dagbesteding jonger dan 66, en op het ZRM-domein "
                "werk en opleiding een score van 3 of hoger: er is perspectief, maar geen van beide regelingen heeft "
                "er een vast aanbod voor."
            ),
            en=(
                "the bottom of the Participatiewet (rung 1 or 2) or WMO day activities and younger than 66, and a "
                "score of 3 or higher in the ZRM domain work and education: there are prospects, but neither scheme "
                "has a standing offer for them."
            ),
        ),
        rule=((_IN_PWET & _TREDE.is_in(["1", "2"])) | _DAGBESTEDING) & _ZRM_WERK,
    ),
)

RISICOS: tuple[Segment, ...] = (
    Segment(
        code="geisoleerd",
        label=Text(nl="geïsoleerd", en="isolated"),
        indicator="I15",
        text=Text(
            nl="Trede 1 op de participatieladder.",
            en="rung 1 of the participation ladder.",
        ),
        rule=_TREDE == "1",
    ),
    Segment(
        code="langdurig",
        label=Text(
            nl="vijf jaar of langer in een regeling",
            en="five years or longer in a scheme",
        ),
        indicator="I15",
        text=Text(
            nl="De eerste uitkering of voorziening begon vijf jaar of langer geleden.",
            en="the first benefit or provision began five years ago or longer.",
        ),
        rule=pl.col("duurklasse").is_in(["5-9", "10+"]),
    ),
    Segment(
        code="stapeling",
        label=Text(nl="drie of vier belemmeringen", en="three or four barriers"),
        indicator="I15",
        text=Text(
            nl="Op drie of vier toegestane ZRM-domeinen een score van 1 of 2 in de laatste twaalf maanden.",
            en="a score of 1 or 2 in three or four permitted ZRM domains in the last twelve months.",
        ),
        rule=pl.col("belemmeringen").is_in(("3", "4")),
    ),
    Segment(
        code="indicatie",
        label=Text(
            nl="WMO-indicatie eindigt binnen zes maanden",
            en="WMO indication ends within six months",
        ),
        indicator="I15",
        text=Text(
            nl="Van ten minste een lopende WMO-voorziening ligt de einddatum binnen zes maanden na de peildatum.",
            en="at least one running WMO provision has an end date within six months after the reference date.",
        ),
        rule=_IN_WMO & pl.col(INDICATIE_EINDIGT),
    ),
    Segment(
        code="contact",
        label=Text(
            nl="langer dan twaalf maanden geen contact",
            en="no contact for more than twelve months",
        ),
        indicator="I15",
        text=Text(
            nl=(
                "Participatiewet, en het laatste contact is langer dan twaalf maanden geleden. Is het laatste contact "
                "onbekend, dan telt de inwoner niet mee."
            ),
            en=(
                "Participatiewet, and the last contact is more than twelve months ago. Where the last contact is "
                "unknown, the resident does not count."
            ),
        ),
        rule=_IN_PWET & pl.col(GEEN_CONTACT),
    ),
)

SEGMENTS: tuple[Segment, ...] = (MOGELIJKHEID, *KANSEN, *RISICOS)
COUNTED_BY = ("mogelijkheid", "kans", "risico")
"""The dimensions that count them."""


def code_list(name: str, segments: tuple[Segment, ...], none: Text) -> CodeList:
    """Return the categories of a dimension that counts segments; `none` is the label for persons in no segment."""
    codes = (*(Code(code=segment.code, label=segment.label) for segment in segments), Code(code=GEEN, label=none))
    return CodeList(
        id=name, codes=codes, source="indicatorencatalogus " + " en ".join(dict.fromkeys(s.indicator for s in segments))
    )


MOGELIJKHEDEN_CODES = CodeList(
    id="mogelijkheid",
    codes=(
        Code(code=MOGELIJKHEID.code, label=MOGELIJKHEID.label),
        Code(code="nee", label=Text(nl="niet, of niet bekend", en="not, or not known")),
    ),
    source="indicatorencatalogus I13",
)
KANSEN_CODES = code_list(
    "kansen", KANSEN, Text(nl="geen van deze kansen gevonden", en="none of these opportunities found")
)
RISICOS_CODES = code_list(
    "risicos", RISICOS, Text(nl="geen van deze risico's gevonden", en="none of these risks found")
)
