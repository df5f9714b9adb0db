"""Page one of the report: sentences of released values alone."""

from decimal import ROUND_HALF_UP, Decimal

import pytest

from schemas.profiles import STANDAARD
from tests.builders.content import content_of, counts_of, nothing_of, released_of
from tests.oracles.page import Page
from transforms.package.files import ReleaseContent, release_files
from transforms.report.report import report_html
from transforms.report.story import story


@pytest.fixture(scope="module")
def content() -> ReleaseContent:
    return content_of()


@pytest.fixture(scope="module")
def files(content) -> dict[str, bytes]:
    return release_files(content)


def test_the_summary_is_made_of_released_values(files):
    text = Page(files["DEMO_rapport_nl.html"].decode()).text
    everybody, pwet = (counts_of("T01")[level,] for level in ("totaal", "pwet_totaal"))
    assert f"Op 1 juli 2019 vallen {everybody} inwoners van Vught onder" in text
    assert f"op trede 5 en 6 samen {_with_share(counts_of('T03')['5-6', 'pwet_totaal'], pwet)}" in text
    step = _with_share(counts_of("T17")["ja",], pwet)
    assert f"Voor {step} onder de Participatiewet is een volgende stap mogelijk" in text
    assert f"Tussen wal en schip vallen {_with_share(counts_of('T18')['wal_en_schip',], everybody)}" in text
    assert "Het vaakst: " in text
    assert f"geïsoleerd: {_with_share(counts_of('T19')['geisoleerd',], everybody)}" in text


def _with_share(part: int, whole: int) -> str:
    share = (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{part} inwoners ({str(share).replace('.', ',')}\u00a0%)"


def test_the_summary_says_which_number_is_not_published(content):
    blank = released_of("T19", {("contact",)})
    tables = [blank if table.spec is blank.spec else table for table in content.released]
    text = Page(report_html(story(content_of(tables=tables), "nl")).decode()).text
    assert "geen contact: een niet gepubliceerd aantal inwoners." in text
    assert f"geen contact: {counts_of('T19')['contact',]}" not in text


def test_the_summary_copes_with_a_release_that_publishes_nothing():
    files = release_files(content_of(STANDAARD, tuple(nothing_of(table) for table in content_of().released)))
    text = Page(files["rapport_nl.html"].decode()).text
    assert "Hoeveel inwoners onder de WMO vallen, is niet gepubliceerd." in text
    assert "op trede 1 en 2 samen een niet gepubliceerd aantal inwoners" in text
    assert "Het vaakst" not in text
    english = Page(files["report_en.html"].decode()).text
    assert "How many residents come under the WMO is not published." in english
    for name in (name for name in files if name.endswith(".svg")):
        # A label may hold a percentage; a share of a count stands in brackets.
        assert "%)" not in files[name].decode()
