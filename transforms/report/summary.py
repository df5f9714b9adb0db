"""The findings of the management page: sentences made from released values only.

A finding is dropped if the release does not hold its table. A suppressed count reads 'een niet gepubliceerd
aantal inwoners' or says so in a sentence of its own; no sentence guesses.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from schemas.codes import ONBEKEND
from schemas.segments import KANSEN, MOGELIJKHEID, RISICOS
from schemas.specs import TOTAAL, TableSpec
from schemas.tables.population import REGELING_TABLE
from schemas.tables.segments import KANSEN_TABLE, MOGELIJKHEID_TABLE, RISICOS_TABLE
from schemas.tables.work import TREDE_BY_REGELING_TABLE
from transforms.language.language import Language
from transforms.released.content import Cells, Levels, ReleaseContent
from transforms.released.figures import persons_text, place_text

_PWET = "pwet_totaal"

HEADLINES: tuple[tuple[str, TableSpec, tuple[Levels, ...]], ...] = (
    ("finding.size", REGELING_TABLE, ((TOTAAL,), (_PWET,), ("wmo_totaal",), ("beide",))),
    (
        "finding.ladder",
        TREDE_BY_REGELING_TABLE,
        tuple((subtotal.code, _PWET) for subtotal in TREDE_BY_REGELING_TABLE.dimensions[0].subtotals),
    ),
    ("finding.possibilities", MOGELIJKHEID_TABLE, ((MOGELIJKHEID.code,),)),
    ("finding.chances", KANSEN_TABLE, tuple((segment.code,) for segment in KANSEN)),
    ("finding.risks", RISICOS_TABLE, tuple((segment.code,) for segment in RISICOS)),
)
"""What every management page tells: its heading, the table, and which of its counts."""


@dataclass(frozen=True)
class Paragraph:
    """One thing that a council member should know: a heading of a few words, and its sentences."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class _Teller:
    """Says things of one table in one language."""

    content: ReleaseContent
    language: Language
    cells: Cells

    def count(self, key: str, levels: Levels, whole: Levels | None = None, **fields: object) -> str:
        """Return a sentence about a count, or the one that says that it is not published."""
        if self.cells[levels] is None and levels not in self.cells.below:
            return self.language.say(f"{key}_hidden", **fields)
        return self.language.say(key, count=self.persons(levels, whole), **fields)

    def persons(self, levels: Levels, whole: Levels | None = None) -> str:
        return persons_text(self.language, self.cells, levels, whole)

    def label(self, level: str) -> str:
        return self.language.declared(self.cells.spec.dimensions[0].label(level))


def findings(content: ReleaseContent, language: Language) -> tuple[Paragraph, ...]:
    """Return the findings in order of reading."""
    page_findings = []
    for title, table, levels in HEADLINES:
        cells = content.cells(table)
        if cells is not None:
            page_findings.append(
                Paragraph(language.say(title), _SENTENCES[title](_Teller(content, language, cells), levels))
            )
    return tuple(page_findings)


def _size(teller: _Teller, levels: Sequence[Levels]) -> tuple[str, ...]:
    total, pwet, wmo, both = levels
    day = teller.language.numerals.long_date(teller.content.peildatum)
    return (
        teller.count(
            "finding.size_total", total, peildatum=day, gemeente=place_text(teller.language, teller.content.profile)
        ),
        teller.count("finding.size_pwet", pwet, total),
        teller.count("finding.size_wmo", wmo, total),
        teller.count("finding.size_both", both, total),
    )


def _ladder(teller: _Teller, levels: Sequence[Levels]) -> tuple[str, ...]:
    """Return sentences on the subtotals of the ladder under the Participatiewet, each with its share."""
    total, unknown = (TOTAAL, _PWET), (ONBEKEND, _PWET)
    steps = [
        teller.language.say("finding.ladder_step", label=teller.label(step[0]), count=teller.persons(step, total))
        for step in levels
    ]
    sentence = teller.language.say("finding.ladder_steps", steps=teller.language.numerals.enumeration(steps))
    if teller.cells[unknown] == 0:
        return (sentence,)
    return sentence, teller.count("finding.ladder_unknown", unknown, total)


def _possible(teller: _Teller, levels: Sequence[Levels]) -> tuple[str, ...]:
    return tuple(teller.count("finding.possible", level, (TOTAAL,)) for level in levels)


def _chances(teller: _Teller, levels: Sequence[Levels]) -> tuple[str, ...]:
    """Return a sentence per chance: its own where it has one, else its label with the count."""
    return tuple(_chance(teller, level) for level in levels)


def _chance(teller: _Teller, level: Levels) -> str:
    key, label = f"finding.chances_{level[0]}", teller.label(level[0])
    if key in teller.language.words:
        return teller.count(key, level, (TOTAAL,))
    return teller.count("finding.chances_of", level, (TOTAAL,), label=label[:1].upper() + label[1:])


def _risks(teller: _Teller, levels: Sequence[Levels]) -> tuple[str, ...]:
    risks = "; ".join(f"{teller.label(level[0])}: {teller.persons(level, (TOTAAL,))}" for level in levels)
    return (teller.language.say("finding.risks_are", risks=risks),)


_SENTENCES: dict[str, Callable[[_Teller, Sequence[Levels]], tuple[str, ...]]] = {
    "finding.size": _size,
    "finding.ladder": _ladder,
    "finding.possibilities": _possible,
    "finding.chances": _chances,
    "finding.risks": _risks,
}
"""By heading, what a release says of its counts."""
