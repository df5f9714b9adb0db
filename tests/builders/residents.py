"""Small invented files of persons whose columns depend on each other, with the code lists that say how.

Each has an area (buurt within wijk, perhaps within gemeente; names beside codes; a regio and a zorggebied that
group buurten in two ways), an age in classes of five and ten years, and one or two columns that depend on nothing.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from tests.oracles.town import Family

Code = dict[str, str]


@dataclass(frozen=True)
class Residents:
    """A file and the tables that are asked of it.

    Attributes:
        rows: A person each; the same columns in all, an empty value is "".
        families: The columns that depend on each other, with every combination that exists.
        coarse, fine: `--by` of the two halves of a release, or of two releases of one day.
        is_renamed: The second of two releases has its headers in capitals.
        kind: Which dependence the tables have.
    """

    rows: list[Code]
    families: tuple[Family, Family]
    coarse: list[str]
    fine: list[str]
    is_renamed: bool
    kind: str


KINDS = ("nested", "three levels", "twins", "groupings", "groupings alone", "ages", "areas and ages", "crossed")


def residents(seed: int) -> Residents:
    """The file of a seed; the kinds take turns."""
    rng = random.Random(seed)  # noqa: S311 - the same file every time
    kind = KINDS[seed % len(KINDS)]
    areas, ages = _areas(rng), _ages(rng)
    free = {"regeling": ["PW", "WMO", "geen", "jeugd"][: rng.randint(2, 4)], "geslacht": ["M", "V"]}
    names = list(free)[: rng.randint(1, 2)]
    rows = [
        _drawn(rng, areas)
        | _drawn(rng, ages)
        | {name: rng.choices(free[name], range(len(free[name]), 0, -1))[0] for name in names}
        for _ in range(rng.randint(60, 400))
    ]
    if rng.random() < 0.3:
        _empty(rng, rows, rng.choice([*areas[0], *ages[0]]))
    coarse, fine = _tables(rng, kind, names)
    families = (_family(areas), _family(ages))
    return Residents(rows, families, coarse, fine, rng.random() < 0.3, kind)


def _areas(rng: random.Random) -> list[Code]:
    """A code list of buurten with everything that follows from a buurt; a few of them have no inhabitants."""
    found = []
    groups = rng.randint(2, 3)
    for wijk in range(rng.randint(2, 4)):
        for number in range(rng.randint(1, 4)):
            buurt = f"BU{wijk}{number}"
            found.append({
                "buurt": buurt,
                "buurtnaam": f"Buurt {len(found):02}",
                "wijk": f"WK{wijk}",
                "wijknaam": ("Noord", "Zuid", "Centrum", "Heide")[wijk],
                "gemeente": f"GM{wijk // 2}",
                "regio": f"R{rng.randrange(groups)}",
                "zorggebied": f"Z{rng.randrange(groups)}",
            })  # fmt: skip
    return found


def _ages(rng: random.Random) -> list[Code]:
    start = rng.choice((15, 20, 40))
    found = []
    for low in range(start, start + 5 * rng.randint(4, 7), 5):
        ten = low // 10 * 10
        found.append({"leeftijd5": f"{low}-{low + 4}", "leeftijd10": f"{ten}-{ten + 9}"})
    return found


def _drawn(rng: random.Random, codes: Sequence[Code]) -> Code:
    """A code, the first much more often than the last."""
    return dict(codes[min(int(rng.expovariate(2.5 / len(codes))), len(codes) - 1)])


def _empty(rng: random.Random, rows: Sequence[Code], name: str) -> None:
    for row in rng.sample(rows, max(1, len(rows) * rng.randint(1, 10) // 100)):
        row[name] = ""


def _family(codes: Sequence[Code]) -> Family:
    return Family(tuple(codes[0]), frozenset(tuple(code.values()) for code in codes))


def _tables(rng: random.Random, kind: str, free: Sequence[str]) -> tuple[list[str], list[str]]:
    """The tables of one kind of dependence; half of them by a free column as well."""
    also = "," + rng.choice(free) if rng.random() < 0.5 else ""
    wijk, buurt = rng.choice((("wijk", "buurt"), ("wijknaam", "buurt"), ("wijknaam", "buurtnaam")))
    tables = {
        "nested": ([wijk], [buurt]),
        "three levels": (["gemeente", wijk], [buurt]),
        "twins": (["wijk"], rng.choice((["wijknaam"], ["wijknaam", "buurt"]))),
        "groupings": (["regio", "zorggebied"], [buurt]),
        "groupings alone": (["regio"], ["zorggebied"]),
        "ages": (["leeftijd10"], ["leeftijd5"]),
        "areas and ages": ([f"{wijk},leeftijd10"], rng.choice(([f"{buurt}"], [f"{buurt}", "leeftijd5"]))),
        "crossed": ([f"{wijk},leeftijd10"], rng.choice(([f"{wijk},leeftijd5"], [f"{buurt},leeftijd10"]))),
    }
    coarse, fine = tables[kind]
    return [by + also for by in coarse], [by + also for by in fine]
