"""Words tell, too: no declared text says how large a category is.

A blank cell of which a sentence says that it is small has at most nine persons, to whoever reads. So sizes stand in
sentences that are made of released cells only.
"""

import re

import pytest

from schemas.segments import SEGMENTS
from schemas.tables import TABLES
from schemas.tables.sums import SUMS
from schemas.text import Text
from schemas.withheld import WITHHELD

_SIZES = re.compile(
    r"\b(klein\w*|weinig\w*|enkele\w*|handvol|minder dan|hooguit|small\w*|few\w*|handful|less than|at most)\b",
    re.IGNORECASE,
)
DECLARED: dict[str, tuple[Text, ...]] = {
    **{spec.id: (spec.title, spec.question, *spec.caveats) for spec in (*TABLES, *SUMS)},
    **{segment.code: (segment.label, segment.text) for segment in SEGMENTS},
    **{f"{one.table}: {one.subject}": (one.subject, one.rule, one.instead) for one in WITHHELD},
}


@pytest.mark.parametrize("name", DECLARED)
def test_no_declared_text_says_how_large_a_category_is(name: str) -> None:
    for text in DECLARED[name]:
        for words in (str(text), text.en):
            assert not _SIZES.search(words), words


@pytest.mark.parametrize(
    "words", ["Beschut is te klein om apart te tonen.", "Redenen van enkele inwoners", "fewer than 10 contributors"]
)
def test_what_told_sizes_before_is_found(words: str) -> None:
    assert _SIZES.search(words)
