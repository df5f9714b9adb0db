"""The findings of the management page: sentences made from released values only.

A finding is dropped if the release does not hold its table. A suppressed count reads 'een niet gepubliceerd
aantal inwoners' or says so in a sentence of its own; no sentence guesses.
"""

from collections.abc import Callable
from dataclasses import dataclass

from schemas.codes import ONBEKEND
from schemas.segments import KANSEN, MOGELIJKHEID, RISICOS
from schemas.specs import TOTAAL, TableSpec
from schemas.tables import kansen, mogelijkheid, regeling, risicos, trede_by_regeling
from transforms.present.content import Cells, ReleaseContent
from transforms.present.figures import Levels, persons_text, place_text
from transforms.present.language import Language

_PWET = "pwet_totaal"


@dataclass(frozen=True)
class Finding:
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
        """A sentence about a count, or the one that says that it is not published."""
        if self.cells[levels] is None and levels not in self.cells.below:
            return self.language.say(f"{key}_hidden", **fields)
        return self.language.say(key, count=self.persons(levels, whole), **fields)

    def persons(self, levels: Levels, whole: Levels | None = None) -> str:
        return persons_text(self.language, self.cells, levels, whole)

    def label(self, level: str) -> str:
        return self.language.declared(self.cells.spec.dimensions[0].label(level))


def findings(content: ReleaseContent, language: Language) -> tuple[Finding, ...]:
    """The findings in order of reading."""
    told = []
    for title, table, sentences in _FINDINGS:
        cells = content.cells(table)
        if cells is not None:
            told.append(Finding(language.say(title), sentences(_Teller(content, language, cells))))
    return tuple(told)


def _size(teller: _Teller) -> tuple[str, ...]:
    total = (TOTAAL,)
    day = teller.language.numerals.long_date(teller.content.peildatum)
    return (
        teller.count(
            "finding.size_total", total, peildatum=day, gemeente=place_text(teller.language, teller.content.profile)
        ),
        teller.count("finding.size_pwet", (_PWET,), total),
        teller.count("finding.size_wmo", ("wmo_totaal",), total),
        teller.count("finding.size_both", ("beide",), total),
    )


def _ladder(teller: _Teller) -> tuple[str, ...]:
    """The subtotals of the ladder under the Participatiewet, each with its share."""
    total, unknown = (TOTAAL, _PWET), (ONBEKEND, _PWET)
    steps = [
        teller.language.say(
            "finding.ladder_step",
            label=teller.label(subtotal.code),
            count=teller.persons((subtotal.code, _PWET), total),
        )
        for subtotal in teller.cells.spec.dimensions[0].subtotals
    ]
    sentence = teller.language.say("finding.ladder_steps", steps=teller.language.numerals.enumeration(steps))
    if teller.cells[unknown] == 0:
        return (sentence,)
    return sentence, teller.count("finding.ladder_unknown", unknown, total)


def _possible(teller: _Teller) -> tuple[str, ...]:
    return (teller.count("finding.possible", (MOGELIJKHEID.code,), (TOTAAL,)),)


def _chances(teller: _Teller) -> tuple[str, ...]:
    return tuple(teller.count(f"finding.chances_{one.code}", (one.code,), (TOTAAL,)) for one in KANSEN)


def _risks(teller: _Teller) -> tuple[str, ...]:
    risks = "; ".join(f"{teller.label(one.code)}: {teller.persons((one.code,), (TOTAAL,))}" for one in RISICOS)
    return (teller.language.say("finding.risks_are", risks=risks),)


_FINDINGS: tuple[tuple[str, TableSpec, Callable[[_Teller], tuple[str, ...]]], ...] = (
    ("finding.size", regeling.TABLE, _size),
    ("finding.ladder", trede_by_regeling.TABLE, _ladder),
    ("finding.possibilities", mogelijkheid.TABLE, _possible),
    ("finding.chances", kansen.TABLE, _chances),
    ("finding.risks", risicos.TABLE, _risks),
)
