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


@dataclass(frozen=True, eq=False)
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
    "ja", "volgende stap mogelijk", "I13",
    "Participatiewet, trede 3 of 4, geen of een tijdelijke ontheffing van de arbeidsplicht, en geen gemeten loonwaarde "
    "lager dan 30 %. Is de loonwaarde niet gemeten, dan telt de inwoner mee: zij wordt alleen bij een voorziening "
    "gemeten. Is de ontheffing onbekend, dan niet.",
    _NEXT_STEP,
)  # fmt: skip

KANSEN: tuple[Segment, ...] = (
    Segment(
        "dagbesteding", "dagbesteding met perspectief op vrijwilligerswerk of OAD", "I14",
        "Lopende WMO-dagbesteding (categorie 07), jonger dan 66, en op het ZRM-domein werk en opleiding een score van "
        "3 of hoger in de laatste twaalf maanden.",
        _DAGBESTEDING & _ZRM_WERK,
    ),
    Segment(
        "trede_5", "van trede 4 naar betaald werk met ondersteuning", "I14",
        "Een volgende stap is mogelijk (I13) en de inwoner staat op trede 4.",
        _NEXT_STEP & (_TREDE == "4"),
    ),
    Segment(
        "wal_en_schip", "tussen wal en schip", "I16",
        "Onderkant Participatiewet (trede 1 of 2) of WMO-dagbesteding jonger dan 66, en op het ZRM-domein werk en "
        "opleiding een score van 3 of hoger: er is perspectief, maar geen van beide regelingen heeft er een vast "
        "aanbod voor.",
        ((_IN_PWET & _TREDE.is_in(["1", "2"])) | _DAGBESTEDING) & _ZRM_WERK,
    ),
)  # fmt: skip

RISICOS: tuple[Segment, ...] = (
    Segment("geisoleerd", "geïsoleerd", "I15", "Trede 1 op de participatieladder.", _TREDE == "1"),
    Segment(
        "langdurig", "vijf jaar of langer in een regeling", "I15",
        "De eerste uitkering of voorziening begon vijf jaar of langer geleden.",
        pl.col("duurklasse").is_in(["5-9", "10+"]),
    ),
    Segment(
        "stapeling", "drie of vier belemmeringen", "I15",
        "Op drie of vier toegestane ZRM-domeinen een score van 1 of 2 in de laatste twaalf maanden.",
        pl.col("belemmeringen").is_in(("3", "4")),
    ),
    Segment(
        "indicatie", "WMO-indicatie eindigt binnen zes maanden", "I15",
        "Van ten minste een lopende WMO-voorziening ligt de einddatum binnen zes maanden na de peildatum.",
        _IN_WMO & pl.col(INDICATIE_EINDIGT),
    ),
    Segment(
        "contact", "langer dan twaalf maanden geen contact", "I15",
        "Participatiewet, en het laatste contact is langer dan twaalf maanden geleden. Is het laatste contact "
        "onbekend, dan telt de inwoner niet mee.",
        _IN_PWET & pl.col(GEEN_CONTACT),
    ),
)  # fmt: skip

SEGMENTS: tuple[Segment, ...] = (MOGELIJKHEID, *KANSEN, *RISICOS)
COUNTED_BY = ("mogelijkheid", "kans", "risico")
"""The dimensions that count them."""


def code_list(name: str, segments: tuple[Segment, ...], none: str) -> CodeList:
    """The categories of a dimension that counts segments; `none` is the label of those in none of them."""
    codes = (*(Code(one.code, one.label) for one in segments), Code(GEEN, none))
    return CodeList(name, codes, "indicatorencatalogus " + " en ".join(dict.fromkeys(s.indicator for s in segments)))


MOGELIJKHEDEN_CODES = CodeList(
    "mogelijkheid",
    (Code(MOGELIJKHEID.code, MOGELIJKHEID.label), Code("nee", "niet, of niet bekend")),
    "indicatorencatalogus I13",
)
KANSEN_CODES = code_list("kansen", KANSEN, "geen van deze kansen gevonden")
RISICOS_CODES = code_list("risicos", RISICOS, "geen van deze risico's gevonden")
