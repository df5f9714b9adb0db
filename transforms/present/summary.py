"""'In het kort': sentences made from released values only.

A suppressed count reads 'een niet gepubliceerd aantal inwoners'; a sentence that has
nothing left to say is dropped.
"""

from schemas.codes import ONBEKEND
from schemas.segments import KANSEN, MOGELIJKHEID, RISICOS
from schemas.specs import TOTAAL
from schemas.tables import (
    duur_by_regeling,
    kansen,
    leeftijd_by_regeling,
    mogelijkheid,
    productcategorie,
    regeling,
    risicos,
    trede_by_regeling,
)
from transforms.present import dutch
from transforms.present.content import Cells, ReleaseContent, cells_of, count_text


def summary(content: ReleaseContent) -> tuple[str, ...]:
    """The sentences in order of reading."""
    sentences = (
        *_regelingen(content, cells_of(content.table(regeling.TABLE))),
        *_ladder(cells_of(content.table(trede_by_regeling.TABLE))),
        _largest(cells_of(content.table(leeftijd_by_regeling.TABLE)), "leeftijdsklasse", (TOTAAL,)),
        _longest(cells_of(content.table(duur_by_regeling.TABLE))),
        _largest(cells_of(content.table(productcategorie.TABLE)), "soort WMO-voorziening"),
        _possible(cells_of(content.table(mogelijkheid.TABLE))),
        *_chances(cells_of(content.table(kansen.TABLE))),
        _risks(cells_of(content.table(risicos.TABLE))),
    )
    return tuple(sentence for sentence in sentences if sentence)


def inwoners(value: int | None, whole: int | None = None) -> str:
    """'66 inwoners (22,0 %)'."""
    if value is None:
        return "een niet gepubliceerd aantal inwoners"
    number, _, share = count_text(value, whole).partition(" ")
    return f"{number} {'inwoner' if value == 1 else 'inwoners'} {share}".rstrip()


def _regelingen(content: ReleaseContent, cells: Cells) -> tuple[str, ...]:
    total = cells[(TOTAAL,)]
    pwet, wmo, both = (inwoners(cells[(level,)], total) for level in ("pwet_totaal", "wmo_totaal", "beide"))
    part = f" (alleen {content.profile.part.title})" if content.profile.part else ""
    return (
        f"Op {content.peildatum_text} vallen {inwoners(total)} van {content.profile.gemeente}{part} "
        "onder de Participatiewet, de WMO of allebei.",
        f"Onder de Participatiewet vallen {pwet}, met of zonder WMO.",
        f"Onder de WMO vallen {wmo}, met of zonder Participatiewet.",
        f"Onder allebei de regelingen vallen {both}; zij tellen bij de Participatiewet en bij de WMO mee.",
    )


def _ladder(cells: Cells) -> tuple[str, ...]:
    """The subtotals of the ladder under the Participatiewet, each with its share."""
    total = cells[(TOTAAL, "pwet_totaal")]
    parts = [
        f"op trede {subtotal.label} {inwoners(cells[(subtotal.code, 'pwet_totaal')], total)}"
        for subtotal in cells.spec.dimensions[0].subtotals
    ]
    sentence = f"Van de inwoners onder de Participatiewet staan {dutch.enumeration(parts)}."
    unknown = cells[(ONBEKEND, "pwet_totaal")]
    if unknown == 0:
        return (sentence,)
    return (
        sentence,
        f"Van {inwoners(unknown, total)} onder de Participatiewet is de trede onbekend of ouder dan 12 maanden.",
    )


def _largest(cells: Cells, noun: str, rest: tuple[str, ...] = ()) -> str:
    """The one largest category; empty when two are equally large or none is published."""
    dimension = cells.spec.dimensions[0]
    counts = {level: cells[(level, *rest)] for level in dimension.codes.values if level != ONBEKEND}
    known = {level: count for level, count in counts.items() if count}
    largest = [level for level, count in known.items() if count == max(known.values())]
    if len(largest) != 1:
        return ""
    # A suppressed category may be larger, so then the sentence is about the published ones only.
    is_certain = None not in counts.values()
    among = "De grootste" if is_certain else "De grootste gepubliceerde"
    caveat = "" if is_certain else " Wat niet is gepubliceerd kan groter zijn."
    count = inwoners(known[largest[0]], cells[(TOTAAL, *rest)])
    return f"{among} {noun} is “{dimension.label(largest[0])}”: {count}.{caveat}"


def _longest(cells: Cells) -> str:
    dimension = cells.spec.dimensions[0]
    longest = dimension.codes.values[-1]
    value = cells[(longest, TOTAAL)]
    if value is None:
        return ""
    count = inwoners(value, cells[(TOTAAL, TOTAAL)])
    return f"De eerste uitkering of voorziening van {count} begon {dimension.label(longest)} geleden."


def _possible(cells: Cells) -> str:
    who = inwoners(cells[(MOGELIJKHEID.code,)], cells[(TOTAAL,)])
    return f"Mogelijkheden: voor {who} onder de Participatiewet is een volgende stap mogelijk."


def _chances(cells: Cells) -> tuple[str, ...]:
    total = cells[(TOTAAL,)]
    dagbesteding, trede_5, wal_en_schip = (inwoners(cells[(one.code,)], total) for one in KANSEN)
    return (
        f"Kansen: {dagbesteding} met dagbesteding hebben perspectief op vrijwilligerswerk of OAD, en {trede_5} staan "
        "op trede 4 en kunnen naar betaald werk met ondersteuning.",
        f"Tussen wal en schip vallen {wal_en_schip}: er is perspectief, maar geen vast aanbod.",
    )


def _risks(cells: Cells) -> str:
    total = cells[(TOTAAL,)]
    return "Risico's: " + "; ".join(f"{one.label}: {inwoners(cells[(one.code,)], total)}" for one in RISICOS) + "."
