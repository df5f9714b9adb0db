"""Charts are drawn from released values only, and what is not published looks like nothing else."""

import re
from xml.etree import ElementTree

import polars as pl
import pytest

from schemas.states import Released
from schemas.tables import TABLES, table_by_id
from tests.transforms.report.test_present import ALSO_SUPPRESSED, content_of, released_of
from tests.transforms.report.test_report_language import rounded_content
from transforms.charts.chart import chart
from transforms.language.language import LANGUAGES, language
from transforms.language.numerals import DUTCH

SVG = "{http://www.w3.org/2000/svg}"


def drawn(content, table_id, code="nl"):
    return chart(content, content.cells(table_by_id(table_id)), language(code))


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


def test_the_ladder_shows_what_is_published_and_no_more():
    text = " ".join(words_of(drawn(content_of(), "T03").svg))
    assert {"51", "84", "66", "22,0", "300"} <= set(re.findall(r"\d[\d.,]*\d|\d", text))
    # 62 + 1 of trede 5 and 3 of trede 6, and their shares, are suppressed.
    assert not re.search(r"\b(63|21,0|1,0)\b", text)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_bar_has_its_words_so_that_colour_says_nothing_alone(code):
    content = content_of()
    one = drawn(content, "T03", code)
    hidden = language(code).say("number.hidden")
    # Two treden, each with words on a halo.
    assert words_of(one.svg).count(hidden) == 4
    assert one.svg.count("url(#grafiek-t03-arcering)") == 2
    assert one.description.count(hidden) == 2


def test_a_suppressed_band_is_as_wide_whatever_it_hides():
    other = content_of(tables=(released_of("T03", ALSO_SUPPRESSED | {("1", "pwet_totaal"), ("4", "pwet_totaal")}),))
    bands = [
        re.findall(r'd="M[\d.]+,[\d.]+(h[^"v]+)v[^>]*fill="url\(#', drawn(content, "T03").svg)
        for content in (content_of(), other)
    ]
    assert [len(widths) for widths in bands] == [2, 4]
    assert len(set(bands[0] + bands[1])) == 1


def test_a_rounded_small_count_is_an_open_bar_with_words_of_its_own():
    one = drawn(rounded_content(), "T05")
    small = [word for word in words_of(one.svg) if word == "minder dan 10"]
    assert len(small) == one.svg.count('fill="#ffffff" stroke="#5f6b76"') == 4
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
    assert "55 tot en met 65: 99" in titles
    assert "66 of ouder" not in titles
    assert "onbekend:" not in titles
