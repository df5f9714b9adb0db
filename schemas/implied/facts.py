"""How dimensions depend on each other by how they are made: what everybody knows without any file.

A domain of the ZRM with a score of 1 or 2 is a barrier, and a movement on the ladder ends on the trede of today,
so those tables tell about each other. Disclosure control takes these facts into the attacker's system
(`transforms.disclosure.model.system`). What the rules of segments tell is derived from them
(`schemas.implied.inequalities`).
`tests/transforms/persons/test_segments.py` holds every fact against persons.
"""

from collections.abc import Iterable

from schemas.codes import BELEMMERINGEN, GEEN, NIET_GEMETEN, ONBEKEND, TREDEN, ZRM_DOMEINEN, ZRM_KLASSEN
from schemas.specs.fact import AtMost, Count

_PWET = ("pwet", "beide")
_BLOCKS = (("pwet",), ("beide",), ("wmo",))


def _of(name: str, *categories: str, within: tuple[str, ...] = ()) -> Count:
    """Residents in stock: the rules say nothing of who has left."""
    own = (("stand", ("lopend",)), (name, tuple(categories)))
    return (*own, ("regeling", within)) if within else own


def _equal(first: Count, second: Count) -> tuple[AtMost, AtMost]:
    return AtMost((first,), (second,)), AtMost((second,), (first,))


def _subset(part: Count, *wholes: Count) -> AtMost:
    return AtMost((part,), wholes)


def _beweging() -> Iterable[AtMost]:
    """Yield the facts about movements: they end on the trede of today, so nobody moves up to 1 or down to 6."""
    for block in (_PWET, *_BLOCKS):
        compared = tuple(_of("beweging", direction, within=block) for direction in ("omhoog", "gelijk", "omlaag"))
        yield AtMost(compared, (_of("trede", *TREDEN.values, within=block),))
        yield _subset(compared[0], _of("trede", *TREDEN.values[1:], within=block))
        yield _subset(compared[2], _of("trede", *TREDEN.values[:-1], within=block))


def _zrm() -> Iterable[AtMost]:
    """Yield the facts about the ZRM: a person has one score per domain, and a score of 1 or 2 is a barrier."""
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
ZRM = tuple(_zrm())
LOONWAARDE = tuple(_loonwaarde())
