"""Charts are drawn from released values only, and what is not published looks like nothing else."""

import re
from xml.etree import ElementTree

import polars as pl
import pytest

from schemas.states import Released
from schemas.tables import TABLES, table_by_id
from tests.builders.content import content_of, counts_of, released_of, rounded_content
from transforms.charts.chart import chart
from transforms.language.language import LANGUAGES, language_of
from transforms.language.numerals import DUTCH

SVG = "{http://www.w3.org/2000/svg}"


def drawn(content, table_id, code="nl"):
    return chart(content, content.cells(table_by_id(table_id)), language_of(code))


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314  our own drawing


def words_of(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in parsed(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("table", [table.id for table in TABLES])
def test_a_chart_is_an_image_with_a_title_and_a_description(table, code):
    one = drawn(content_of(), table, code)
    root = parsed(one.svg)
    assert root.get("role") == "img"
    named = root.get("aria-labelledby").split()
    assert [root.find(f"{SVG}{tag}").get("id") for tag in ("title", "desc")] == named
    assert root.find(f"{SVG}desc").text == one.description
    assert not list(root.iter(f"{SVG}script"))
    assert not re.search(r"href|@import|url\((?!#)", one.svg.replace("xmlns:xlink", ""))


@pytest.mark.parametrize("table", [table.id for table in TABLES])
def test_a_chart_holds_only_released_numbers_and_their_shares(table):
    content = content_of()
    cells = content.cells(table_by_id(table))
    values = {value for value in cells.values.values() if value is not None}
    shares = {DUTCH.percentage(part, whole).split("\u00a0")[0] for part in values for whole in values if whole}
    labels = [dimension.label(level) for dimension in cells.spec.dimensions for level in dimension.levels]
    text = " ".join((*words_of(drawn(content, table).svg), drawn(content, table).description))
    for known in (*sorted(labels, key=len, reverse=True), "1 juli 2019"):
        # A long label stands in two lines.
        text = re.sub(r"\s*".join(re.escape(word) for word in known.split()), "", text)
    assert set(re.findall(r"\d[\d.,]*\d|\d", text)) <= {DUTCH.number(value) for value in values} | shares


def _ladder(content) -> dict[str, int | None]:
    """Trede to what is published of the residents under the Participatiewet, who are the bars of its chart."""
    values = content.cells(table_by_id("T03")).values
    return {trede: value for (trede, regeling), value in values.items() if regeling == "pwet_totaal"}


def _blank(content) -> list[str]:
    return [trede for trede, value in _ladder(content).items() if value is None]


def test_the_ladder_shows_what_is_published_and_no_more():
    content, true = content_of(), counts_of("T03")
    found = set(re.findall(r"\d[\d.,]*\d|\d", " ".join(words_of(drawn(content, "T03").svg))))
    shown = {value for value in _ladder(content).values() if value}
    everybody = true["totaal", "pwet_totaal"]
    assert {DUTCH.number(value) for value in shown} <= found
    assert DUTCH.percentage(true["5-6", "pwet_totaal"], everybody).split("\u00a0")[0] in found
    blank = {true[trede, "pwet_totaal"] for trede in _blank(content)}
    assert blank
    assert max(blank) > 10, "also a count that is not small"
    assert not {DUTCH.percentage(value, everybody).split("\u00a0")[0] for value in blank} & found
    assert str(max(blank)) not in found


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_bar_has_its_words_so_that_colour_says_nothing_alone(code):
    content = content_of()
    one, blank = drawn(content, "T03", code), len(_blank(content))
    hidden = language_of(code).say("number.hidden")
    assert blank > 1
    # Each with words on a halo.
    assert words_of(one.svg).count(hidden) == 2 * blank
    assert one.svg.count("url(#grafiek-t03-arcering)") == blank
    assert one.description.count(hidden) == blank


def test_a_suppressed_band_is_as_wide_whatever_it_hides():
    other = content_of(tables=[released_of("T03", {("1", "pwet_totaal"), ("4", "pwet_totaal")})])
    contents = (content_of(), other)
    bands = [re.findall(r'd="M[\d.]+,[\d.]+(h[^"v]+)v[^>]*fill="url\(#', drawn(one, "T03").svg) for one in contents]
    assert [len(widths) for widths in bands] == [len(_blank(one)) for one in contents]
    assert len(bands[1]) == len(bands[0]) + 2
    assert len(set(bands[0] + bands[1])) == 1


def test_a_rounded_small_count_is_an_open_bar_with_words_of_its_own():
    one = drawn(rounded_content(), "T05")
    small = [word for word in words_of(one.svg) if word == "minder dan 10"]
    (table,) = (table for table in rounded_content().released if table.spec.id == "T05")
    below = (table.frame["status"] == "N").sum()
    assert below
    assert len(small) == one.svg.count('fill="#ffffff" stroke="#5f6b76"') == below
    assert "niet gepubliceerd" not in one.svg
    assert "minder dan 10" in one.description
    assert "ongeveer" in one.description


def test_unknown_and_a_category_with_nobody_in_it_get_no_panel():
    table = released_of("T06")
    empty = pl.col("leeftijdsklasse") == "66+"
    nobody = table.frame.with_columns(
        value=pl.when(empty).then(0).otherwise("value"), status=pl.when(empty).then(pl.lit("A")).otherwise("status")
    )
    titles = " ".join(words_of(drawn(content_of(tables=(Released(nobody, table.spec),)), "T06").svg))
    assert f"55 tot en met 65: {counts_of('T06')['totaal', '55-65']}" in titles
    assert "66 of ouder" not in titles
    assert "onbekend:" not in titles
