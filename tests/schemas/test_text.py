"""A declared text: Dutch to whoever reads a string, English to whoever asks, and nothing in between."""

import copy
import json
import pickle
from collections.abc import Callable

import pytest

from schemas.errors import NotTranslated
from schemas.text import Text, english, unchanged

TEXT = Text(nl="Inwoners naar {indeling}", en="Residents by {indeling}")
AGE = Text(nl="leeftijd", en="age")


@pytest.mark.parametrize(("dutch", "in_english"), [("", "age"), ("leeftijd", ""), ("leeftijd", " "), ("", "")])
def test_a_text_has_both_languages(dutch: str, in_english: str) -> None:
    with pytest.raises(NotTranslated):
        Text(nl=dutch, en=in_english)


LOST = {
    "plain": "leeftijd", "str": str(AGE), "f-string": f"{AGE}", "sum": AGE + "", "upper": AGE.upper(), "part": AGE[:3],
}  # fmt: skip


@pytest.mark.parametrize("lost", LOST.values(), ids=LOST)
def test_what_is_made_of_a_text_has_no_english(lost: str) -> None:
    with pytest.raises(NotTranslated):
        english(lost)
    with pytest.raises(NotTranslated):
        TEXT.fill(indeling=lost)


def test_a_text_is_filled_and_begun_in_both_languages() -> None:
    filled = TEXT.fill(indeling=AGE)
    assert (filled, filled.en) == ("Inwoners naar leeftijd", "Residents by age")
    assert (AGE.capital(), AGE.capital().en) == ("Leeftijd", "Age")
    assert english(unchanged("WSD")) == "WSD"


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda text: pickle.loads(pickle.dumps(text))])  # noqa: S301
def test_a_copy_keeps_its_english(copied: Callable[[Text], Text]) -> None:
    made = copied(AGE)
    assert (made, made.en) == (AGE, AGE.en)


def test_to_everything_else_it_is_its_dutch() -> None:
    assert AGE == "leeftijd"
    assert json.dumps({AGE: AGE}) == '{"leeftijd": "leeftijd"}'
    with pytest.raises(AttributeError):
        AGE.en = "years"  # type: ignore[misc]
