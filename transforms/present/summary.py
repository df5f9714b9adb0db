"""The findings of the management page: sentences made from released values only.

A finding is dropped if the release does not hold its table. A suppressed count reads 'een niet gepubliceerd
aantal inwoners' or says so in a sentence of its own; no sentence guesses.
"""

from collections.abc import Callable
from dataclasses import dataclass

from schemas.codes import ONBEKEND
from schemas.specs import TOTAAL, TableSpec
from schemas.tables import duur_by_regeling, leeftijd_by_regeling, productcategorie, regeling, trede_by_regeling
from transforms.present.content import Cells, ReleaseContent
from transforms.present.figures import Levels, persons_text
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
        teller.count("finding.size_total", total, peildatum=day, gemeente=teller.content.profile.gemeente),
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


def _age(teller: _Teller) -> tuple[str, ...]:
    return _largest(teller, "finding.largest_age", (TOTAAL,))


def _care(teller: _Teller) -> tuple[str, ...]:
    return _largest(teller, "finding.largest_care", ())


def _largest(teller: _Teller, key: str, rest: Levels) -> tuple[str, ...]:
    """The one largest category; when two are equally large or none is published, that none stands out."""
    levels = [level for level in teller.cells.spec.dimensions[0].codes.values if level != ONBEKEND]
    known = {level: count for level in levels if (count := teller.cells[(level, *rest)])}
    largest = [level for level, count in known.items() if count == max(known.values())]
    if len(largest) != 1:
        return (teller.language.say(f"{key}_none"),)
    (level,) = largest
    # A suppressed category may be larger, so then the sentence is about the published ones only.
    is_certain = all(
        teller.cells[(other, *rest)] is not None or (other, *rest) in teller.cells.below for other in levels
    )
    persons = teller.persons((level, *rest), (TOTAAL, *rest))
    said = key if is_certain else f"{key}_published"
    return (teller.language.say(said, label=teller.label(level), count=persons),)


def _duration(teller: _Teller) -> tuple[str, ...]:
    longest = teller.cells.spec.dimensions[0].codes.values[-1]
    label = teller.label(longest)
    return (teller.count("finding.duration_longest", (longest, TOTAAL), (TOTAAL, TOTAAL), label=label),)


_FINDINGS: tuple[tuple[str, TableSpec, Callable[[_Teller], tuple[str, ...]]], ...] = (
    ("finding.size", regeling.TABLE, _size),
    ("finding.ladder", trede_by_regeling.TABLE, _ladder),
    ("finding.age", leeftijd_by_regeling.TABLE, _age),
    ("finding.duration", duur_by_regeling.TABLE, _duration),
    ("finding.care", productcategorie.TABLE, _care),
)
