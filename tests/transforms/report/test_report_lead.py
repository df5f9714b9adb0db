"""The answer in a sentence says what the released counts prove, and nothing about what is blank."""

from dataclasses import replace

import pytest

from schemas.codes import Code, CodeList
from schemas.specs import TOTAAL, Dimension, DisclosureProfile, Method, TableSpec
from transforms.language.language import language_of
from transforms.released.content import Cells
from transforms.report.lead import largest, lead

KIND = Dimension(
    name="soort",
    title="Soort",
    codes=CodeList(id="soort", codes=tuple(Code(code=value, label=f"soort {value}") for value in "abc"), source="test"),
)
SPEC = TableSpec("T", "", "", (KIND,))
TEN = replace(SPEC, disclosure=DisclosureProfile(Method.ROUND, 10))
MANY = replace(SPEC, dimensions=(replace(KIND, multiple=True),))


def cells(values: tuple[int | None, ...], spec: TableSpec = SPEC, below: str = "") -> Cells:
    levels = [(level,) for level in ("a", "b", "c", TOTAAL)]
    return Cells(spec, dict(zip(levels, values, strict=True)), 10, frozenset((level,) for level in below))


@pytest.mark.parametrize(
    ("values", "spec", "below", "proven"),
    [
        ((20, 50, 30, 100), SPEC, "", "bc"),
        ((30, 40, 30, 100), SPEC, "", "b"),  # a tie for the second place
        ((40, 40, 20, 100), SPEC, "", ""),
        ((None, 60, None, 100), SPEC, "", "b"),  # what is blank has 40 at most
        ((None, 50, None, 100), SPEC, "", ""),  # one of the blank ones may have 50 as well
        ((None, 60, 25, 100), SPEC, "", "bc"),
        ((None, 60, 20, 100), SPEC, "", "b"),  # the blank one has exactly 20
        ((None, 60, 30, None), SPEC, "", ""),  # without a total nothing bounds it
        ((None, 60, 30, 100), MANY, "", ""),  # who is in several categories is counted in each
        ((20, 60, 30, 100), MANY, "", "bc"),
        ((20, 50, 30, 100), TEN, "", "b"),  # 30 may be 21, 20 may be 29
        ((20, 60, 40, 120), TEN, "", "bc"),
        ((20, 40, 30, 100), TEN, "", ""),
        ((None, 60, 30, 100), TEN, "a", "bc"),
        ((None, 60, 30, 100), TEN, "", ""),
    ],
)
def test_only_what_is_proven_is_called_the_largest(values, spec, below, proven):
    assert "".join(largest(cells(values, spec, below), ())) == proven


def test_the_sentence_in_both_languages():
    told = cells((20, 50, 30, 100))
    assert lead(told, language_of("nl"), ()) == (
        "Het vaakst: soort b, 50 inwoners (50,0\u00a0%). Daarna: soort c, 30 inwoners (30,0\u00a0%)."
    )
    assert lead(cells((None, 50, None, 100)), language_of("nl"), ()) == ""
