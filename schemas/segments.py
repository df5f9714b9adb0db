"""Mogelijkheden, kansen, risico's: every segment rule once, as an expression with its Dutch text beside it.

A rule reads the classes of `transforms.persons.derive`, never a date or an amount, and never null: what is
not known does not count. Rules are used for counts of groups only; who is in a segment leaves the
pipeline nowhere (DPIA point 4, AVG art. 22, te bevestigen).
"""

from dataclasses import dataclass, field

import polars as pl

from schemas.codes import GEEN, Code, CodeList

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
    label: str
    indicator: str
    text: str
    rule: pl.Expr = field(repr=False)

    @property
    def sentence(self) -> str:
        """Label and rule together, as a note below a table."""
        return f"{self.label[0].upper()}{self.label[1:]}: {self.text}"


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
    label="volgende stap mogelijk",
    indicator="I13",
    text="Participatiewet, trede 3 of 4, geen of een tijdelijke ontheffing van de arbeidsplicht, en geen gemeten loonwaarde "
    "lager dan 30 %. Is de loonwaarde niet gemeten, dan telt de inwoner mee: zij wordt alleen bij een voorziening "
    "gemeten. Is de ontheffing onbekend, dan niet.",
    rule=_NEXT_STEP,
)

KANSEN: tuple[Segment, ...] = (
    Segment(
        code="dagbesteding",
        label="dagbesteding met perspectief op vrijwilligerswerk of OAD",
        indicator="I14",
        text="Lopende WMO-dagbesteding (categorie 07), jonger dan 66, en op het ZRM-domein werk en opleiding een score van "
        "3 of hoger in de laatste twaalf maanden.",
        rule=_DAGBESTEDING & _ZRM_WERK,
    ),
    Segment(
        code="trede_5",
        label="van trede 4 naar betaald werk met ondersteuning",
        indicator="I14",
        text="Een volgende stap is mogelijk (I13) en de inwoner staat op trede 4.",
        rule=_NEXT_STEP & (_TREDE == "4"),
    ),
    Segment(
        code="wal_en_schip",
        label="tussen wal en schip",
        indicator="I16",
        text="Onderkant Participatiewet (trede 1 of 2) of WMO-dagbesteding jonger dan 66, en op het ZRM-domein werk en "
        "opleiding een score van 3 of hoger: er is perspectief, maar geen van beide regelingen heeft er een vast "
        "aanbod voor.",
        rule=((_IN_PWET & _TREDE.is_in(["1", "2"])) | _DAGBESTEDING) & _ZRM_WERK,
    ),
)

RISICOS: tuple[Segment, ...] = (
    Segment(
        code="geisoleerd",
        label="geïsoleerd",
        indicator="I15",
        text="Trede 1 op de participatieladder.",
        rule=_TREDE == "1",
    ),
    Segment(
        code="langdurig",
        label="vijf jaar of langer in een regeling",
        indicator="I15",
        text="De eerste uitkering of voorziening begon vijf jaar of langer geleden.",
        rule=pl.col("duurklasse").is_in(["5-9", "10+"]),
    ),
    Segment(
        code="stapeling",
        label="drie of vier belemmeringen",
        indicator="I15",
        text="Op drie of vier toegestane ZRM-domeinen een score van 1 of 2 in de laatste twaalf maanden.",
        rule=pl.col("belemmeringen").is_in(("3", "4")),
    ),
    Segment(
        code="indicatie",
        label="WMO-indicatie eindigt binnen zes maanden",
        indicator="I15",
        text="Van ten minste een lopende WMO-voorziening ligt de einddatum binnen zes maanden na de peildatum.",
        rule=_IN_WMO & pl.col(INDICATIE_EINDIGT),
    ),
    Segment(
        code="contact",
        label="langer dan twaalf maanden geen contact",
        indicator="I15",
        text="Participatiewet, en het laatste contact is langer dan twaalf maanden geleden. Is het laatste contact "
        "onbekend, dan telt de inwoner niet mee.",
        rule=_IN_PWET & pl.col(GEEN_CONTACT),
    ),
)

SEGMENTS: tuple[Segment, ...] = (MOGELIJKHEID, *KANSEN, *RISICOS)
COUNTED_BY = ("mogelijkheid", "kans", "risico")
"""The dimensions that count them."""


def code_list(name: str, segments: tuple[Segment, ...], none: str) -> CodeList:
    """The categories of a dimension that counts segments; `none` is the label of those in none of them."""
    codes = (*(Code(code=one.code, label=one.label) for one in segments), Code(code=GEEN, label=none))
    return CodeList(
        id=name, codes=codes, source="indicatorencatalogus " + " en ".join(dict.fromkeys(s.indicator for s in segments))
    )


MOGELIJKHEDEN_CODES = CodeList(
    id="mogelijkheid",
    codes=(Code(code=MOGELIJKHEID.code, label=MOGELIJKHEID.label), Code(code="nee", label="niet, of niet bekend")),
    source="indicatorencatalogus I13",
)
KANSEN_CODES = code_list("kansen", KANSEN, "geen van deze kansen gevonden")
RISICOS_CODES = code_list("risicos", RISICOS, "geen van deze risico's gevonden")
