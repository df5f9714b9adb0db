"""How the dimensions depend on each other: what a reader of the declared rules knows without any file.

A segment is made of the categories of other tables, so those tables tell about the segment and the
segment about them: that trede 1 is one of the risks makes the two counts equal, and a blank one would
be read off the other. Disclosure control takes these facts into the attacker's system
(`transforms.disclosure.system`). `tests/test_segments.py` holds every fact against the rules.
"""

from collections.abc import Iterable

from schemas.codes import BELEMMERINGEN, GEEN, NIET_GEMETEN, ONBEKEND, TREDEN, ZRM_DOMEINEN, ZRM_KLASSEN
from schemas.known import AtMost, Count

_PWET = ("pwet", "beide")
_WMO = ("beide", "wmo")
_BLOCKS = (("pwet",), ("beide",), ("wmo",))


def _of(name: str, *categories: str, within: tuple[str, ...] = ()) -> Count:
    """Residents in stock: the rules say nothing of who has left."""
    own = (("stand", ("lopend",)), (name, tuple(categories)))
    return (*own, ("regeling", within)) if within else own


def _equal(one: Count, other: Count) -> tuple[AtMost, AtMost]:
    return AtMost((one,), (other,)), AtMost((other,), (one,))


def _subset(part: Count, *wholes: Count) -> AtMost:
    return AtMost((part,), wholes)


def _beweging() -> Iterable[AtMost]:
    """A movement ends on the trede of today: nobody moves up to trede 1, or down to trede 6."""
    for block in (_PWET, *_BLOCKS):
        compared = tuple(_of("beweging", one, within=block) for one in ("omhoog", "gelijk", "omlaag"))
        yield AtMost(compared, (_of("trede", *TREDEN.values, within=block),))
        yield _subset(compared[0], _of("trede", *TREDEN.values[1:], within=block))
        yield _subset(compared[2], _of("trede", *TREDEN.values[:-1], within=block))


def _mogelijkheid() -> Iterable[AtMost]:
    """I13 as an attacker reads it: in all of these, and whoever is not failed one of them."""
    for block in (_PWET, ("pwet",), ("beide",)):
        yes = _of("mogelijkheid", "ja", within=block)
        fails = (
            _of("loonwaarde", "<30", within=block),
            _of("ontheffing", "permanent", ONBEKEND, within=block),
        )
        yield _subset(yes, _of("trede", "3", "4", within=block))
        yield _subset(yes, _of("loonwaarde", "30-49", "50-69", "70+", ONBEKEND, GEEN, within=block))
        yield _subset(yes, _of("ontheffing", "geen", "tijdelijk", within=block))
        yield _subset(_of("trede", "3", "4", within=block), yes, *fails)


def _kans() -> Iterable[AtMost]:
    dagbesteding, trede_5, wal = (_of("kans", one) for one in ("dagbesteding", "trede_5", "wal_en_schip"))
    zrm = (_of("zrm", "werk_opleiding:3"), _of("zrm", "werk_opleiding:4-5"))
    yes = _of("mogelijkheid", "ja", within=_PWET)
    yield _subset(dagbesteding, wal)
    yield _subset(dagbesteding, _of("productcategorie", "07", within=_WMO))
    yield _subset(dagbesteding, _of("leeftijdsklasse", "<27", "27-44", "45-54", "55-65", within=_WMO))
    yield _subset(wal, *zrm)
    yield _subset(wal, _of("trede", "1", "2", within=_PWET), dagbesteding)
    yield _subset(trede_5, yes)
    yield _subset(trede_5, _of("trede", "4", within=_PWET))
    yield _subset(yes, trede_5, _of("trede", "3", within=_PWET))
    # Trede 4 and trede 1 or 2 exclude each other, whoever is in dagbesteding apart.
    yield AtMost((trede_5, wal), (_of("trede", "1", "2", "4", within=_PWET), dagbesteding))


def _risico() -> Iterable[AtMost]:
    yield from _equal(_of("risico", "geisoleerd"), _of("trede", "1"))
    yield from _equal(_of("risico", "langdurig"), _of("duurklasse", "5-9", "10+"))
    yield from _equal(_of("risico", "stapeling"), _of("belemmeringen", "3", "4"))
    yield _subset(_of("risico", "indicatie"), _of("regeling", *_WMO))
    yield _subset(_of("risico", "contact"), _of("regeling", *_PWET))


def _zrm() -> Iterable[AtMost]:
    """A person has one score per domain, and the barriers are the scores of 1 and 2 together."""
    for domain in ZRM_DOMEINEN.values:
        parts = tuple(f"{domain}:{klasse}" for klasse in ZRM_KLASSEN.values)
        yield AtMost(tuple(_of("zrm", part) for part in parts), (_of("zrm", *parts),))
    low = tuple(_of("zrm", f"{domain}:1-2") for domain in ZRM_DOMEINEN.values)
    # Everybody with three barriers is counted three times.
    numbers = BELEMMERINGEN.values[1:-1]
    barriers = tuple(_of("belemmeringen", number) for number in numbers for _ in range(int(number)))
    yield AtMost(barriers, low)
    yield AtMost(low, barriers)
    yield from _equal(_of("zrm", NIET_GEMETEN), _of("belemmeringen", ONBEKEND))


def _loonwaarde() -> Iterable[AtMost]:
    yield from _equal(_of("loonwaarde", GEEN, within=_PWET), _of("voorziening", GEEN, within=_PWET))


BEWEGING = tuple(_beweging())
MOGELIJKHEID = tuple(_mogelijkheid())
KANS = tuple(_kans())
RISICO = tuple(_risico())
ZRM = tuple(_zrm())
LOONWAARDE = tuple(_loonwaarde())
