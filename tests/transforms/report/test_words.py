"""A release says nothing of a blank cell but what its interval says: other files that fit everything published."""

import re
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module

import polars as pl
import pytest

from schemas.profiles import STANDAARD
from schemas.states import Counted, Released
from tests.builders.content import content_of, costed_content
from transforms.disclosure import Protected, protect
from transforms.disclosure.counts.attack import Attack
from transforms.disclosure.counts.known import stated_bounds
from transforms.disclosure.model.program import Program
from transforms.disclosure.model.solver import HIGHEST, LOWEST
from transforms.package.files import release_files
from transforms.report.report import report_html
from transforms.report.story import story

SMALL = {"nl": r"klein|weinig|enkele|minder dan|hooguit|hoogstens", "en": r"small|\bfew|less than|at most"}
"""Words of a size, in texts."""
SAID = {
    "nl": {
        # Every reason that blank cells of such a table may have, whatever those here have.
        "Dat geldt voor # van de # aantallen: ze zijn klein, of ze zouden een klein aantal verraden.",
        "Dat geldt voor # van de # aantallen: ze zijn klein, ze zouden een klein aantal verraden, "
        "of ze zeggen iets over een hele groep.",
        "Dat geldt voor # van de # bedragen: er zijn te weinig inwoners mee, een van hen heeft er te veel van, "
        "of een ander leeg bedrag zou eruit volgen.",
        # What the program does with any file.
        "Welke reden waar geldt, staat er niet bij: ook dat zou iets over kleine aantallen zeggen.",
        "Het is klein.",
        "Daarom is # het kleinste aantal dat wordt gepubliceerd.",
        "Geen kleine aantallen.",
        "Wie ook bedenkt waarom iets is weggelaten, kan soms zien dat een aantal klein is, maar niet hoe klein.",
    },
    "en": {
        "This holds for # of the # counts: they are small, or they would give a small count away.",
        "This holds for # of the # counts: they are small, they would give a small count away, "
        "or they say something about a whole group.",
        "This holds for # of the # amounts: too few residents have one, one of them has too much of it, "
        "or another blank amount would follow from it.",
        "Which reason holds where is not told: that, too, would say something about small counts.",
        "It is small.",
        "So # is the smallest count that is published.",
        "No small counts.",
        "Who also reasons about why something was left out can sometimes see that a count is small, but not how small.",
        "less than # year",
        "For income and wealth # residents are usual; that fewer suffice here is to be confirmed by the privacy "
        "officer.",
    },
}
"""The sentences with such a word, with # for a number: each holds for every file, or of every blank cell."""
OUTSIDER = replace(STANDAARD, pooled=0)


def _counted(counts: Sequence[float], places: Sequence[Sequence[int]], tables: Sequence[Released]) -> list[Counted]:
    """The tables with these counts."""
    return [
        Counted(
            table.frame.drop("value", "status", "low", "high").with_columns(
                pl.Series("aantal", [round(counts[place]) for place in rows], dtype=pl.Int64)
            ),
            table.spec,
        )
        for table, rows in zip(tables, places, strict=True)
    ]


def test_files_that_fit_what_is_published_give_the_same_release(
    protected: Protected, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pattern is that of the release: which cells are blank may tell something, what is said of them does not."""
    released = protected.released
    attack = Attack(released, OUTSIDER)
    program = Program(attack.system, *stated_bounds(attack.system, released, OUTSIDER.threshold, ()))
    door = import_module("transforms.disclosure.suppression.protect")
    monkeypatch.setattr(door, "suppress", lambda *_: protected.suppression)
    blank = sorted(attack.suppressed)
    made, sizes = [], set()
    for count, direction in ((blank[0], HIGHEST), (blank[-1], LOWEST), (blank[len(blank) // 2], HIGHEST)):
        file = program.ask_whole(((count, 1),), direction).counts
        sizes.add(tuple(file[blank].round().tolist()))
        made.append(protect(_counted(file, attack.system.places, released), OUTSIDER))
    assert len(sizes) == len(made)
    for other in made:
        assert other.audit == made[0].audit
        for one, same in zip(other.released, released, strict=True):
            assert one.frame.equals(same.frame)
    assert release_files(content_of(tables=made[0].released)) == release_files(content_of(tables=released))


@pytest.mark.parametrize("language", SAID)
def test_no_sentence_tells_a_size_that_no_interval_does(language: str) -> None:
    html = re.sub(
        r"<(style|script|svg)[\s\S]*?</\1>", "", report_html(story(costed_content(STANDAARD), language)).decode()
    )
    sentences = re.split(r"(?<=[.?!])\s+|\n", re.sub(r"<[^>]+>", "\n", html))
    found = {re.sub(r"\d+", "#", one.strip()) for one in sentences if re.search(SMALL[language], one, re.IGNORECASE)}
    assert found == SAID[language]
