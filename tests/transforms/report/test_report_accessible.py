"""The report for everybody: axe-core finds nothing in the HTML, and the PDF is tagged as PDF/UA-1 asks."""

import io
import re

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from schemas.profiles import STANDAARD
from schemas.tables import TABLES
from tests.builders.content import content_of, rounded_content
from tests.oracles.axe import axe
from transforms.language.language import LANGUAGES
from transforms.report.pdf import report_pdf
from transforms.report.report import report_html
from transforms.report.story import Story, story


@pytest.mark.parametrize("code", LANGUAGES)
def test_axe_finds_nothing_in_the_html(code, tmp_path):
    found = axe(report_html(story(content_of(), code)), tmp_path)
    assert found["violations"] == []
    assert {"document-title", "html-has-lang", "svg-img-alt", "color-contrast", "list"} <= set(found["passes"])


def test_axe_finds_nothing_in_a_rounded_report(tmp_path):
    assert axe(report_html(story(rounded_content(), "nl")), tmp_path)["violations"] == []


def test_axe_sees_what_is_wrong(tmp_path):
    page = report_html(story(content_of(STANDAARD), "nl")).replace(b' lang="nl"', b"").replace(b"#4b5560", b"#d0d0d0")
    assert {"html-has-lang", "color-contrast"} <= {one for one, _ in axe(page, tmp_path)["violations"]}


@pytest.fixture(scope="module", params=LANGUAGES)
def told(request) -> Story:
    return story(content_of(), request.param)


@pytest.fixture(scope="module")
def pdf(told) -> PdfReader:
    return PdfReader(io.BytesIO(report_pdf(told)))


def resolved(value):
    return value.get_object() if isinstance(value, IndirectObject) else value


def elements(reader: PdfReader) -> list[DictionaryObject]:
    """Every element of the structure tree, in order of reading."""

    def below(element) -> list[DictionaryObject]:
        kids = resolved(element.get("/K", []))
        found = []
        for kid in kids if isinstance(kids, list) else [kids]:
            one = resolved(kid)
            if isinstance(one, DictionaryObject) and "/S" in one:
                found += [one, *below(one)]
        return found

    return below(resolved(reader.trailer["/Root"]["/StructTreeRoot"]))


def test_the_pdf_says_what_it_is(told, pdf):
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == told.language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title == f"DEMO: {told.document}"
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"<pdfuaid:part>1<", xmp)
    assert re.search(r"<pdfaid:part>2<", xmp)
    assert re.search(r"<pdfaid:conformance>A<", xmp)
    assert "2019-07-01" in xmp


def test_the_pdf_is_tagged(told, pdf):
    kinds = [one["/S"] for one in elements(pdf)]
    tables = sum(len(question.grids) for question in told.questions)
    assert kinds.count("/Table") == tables + sum(section.grid is not None for section in told.sections)
    assert kinds.count("/H1") == 2 + len(told.sections)
    assert kinds.count("/H2") == len(TABLES)
    assert {"/Caption", "/TH", "/TD", "/TR", "/L", "/LI", "/P", "/Link", "/TOC"} <= set(kinds)


def test_every_figure_of_the_pdf_has_its_words(told, pdf):
    figures = [one for one in elements(pdf) if one["/S"] == "/Figure"]
    assert [str(one.get("/Alt")) for one in figures] == [question.chart.description for question in told.questions]


def test_the_fonts_are_in_the_pdf_and_are_typst_own(pdf):
    objects = [resolved(pdf.get_object(number)) for number in range(1, pdf.trailer["/Size"])]
    fonts = [one for one in objects if isinstance(one, DictionaryObject) and one.get("/Type") == "/FontDescriptor"]
    names = {str(font["/FontName"]).split("+")[-1] for font in fonts}
    embedded = {bool({"/FontFile2", "/FontFile3"} & set(font)) for font in fonts}
    assert embedded == {True}
    assert names
    assert all(name.startswith("LibertinusSerif") for name in names)


def test_the_pdf_says_what_the_html_says(told, pdf):
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    for finding in told.findings:
        assert finding.title in text
    for question in told.questions:
        assert question.title in text
    assert all(section.title in text for section in told.sections)
