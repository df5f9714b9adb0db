"""A mapping: what it may say, and what it makes of a file."""

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from schemas.errors import (
    MappedHeaderAgain,
    MappedHeaderMissing,
    MappedPersonAbove,
    MappedTotalMissing,
    MappingUnusable,
)
from schemas.sources import SOURCES
from schemas.specs import Kind
from transforms.intake.delivery import read_delivery
from transforms.intake.elfproef import is_valid_bsn
from transforms.intake.mapping.apply import apply
from transforms.intake.mapping.declaration import FileMapping, parse_mappings
from transforms.intake.mapping.forms import in_our_form
from transforms.intake.mapping.lines import lines_about, share_of_columns

LADDER: dict[str, Any] = {
    "bron": "participatieladder",
    "vast": {"Gemeentecode": "0865"},
    "kolommen": {"bsn": "Burgerservicenr", "stap": "Trede", "dag": "DatumMeting"},
    "vorm": {"Burgerservicenr": "zonder nullen", "DatumMeting": ["jjjjmmdd", "d-m-jjjj"]},
    "codes": {"Trede": {"P4": "4", "vijf*": "5"}},
}
WIDE = {
    **LADDER,
    "alleen_met": "Trede",
    "kolommen": {"bsn": "Burgerservicenr"},
    "meting": [
        {"kolommen": {"een": "Trede", "dag een": "DatumMeting"}},
        {"kolommen": {"twee": "Trede", "dag twee": "DatumMeting"}},
    ],
}
ZRM: dict[str, Any] = {
    "bron": "zrm",
    "vast": {"Gemeentecode": "0865"},
    "kolommen": {"bsn": "Burgerservicenr", "dag": "DatumBeoordeling"},
    "meting": [{"kolommen": {"werk": "ZRMScore"}, "vast": {"Domein": "werk_opleiding"}}],
}


def _mapping(**changed: object) -> FileMapping:
    (mapping,) = parse_mappings({"bestand": [{**LADDER, **changed}]})
    return mapping


def _rows(content: bytes) -> list[tuple[str, ...]]:
    return [tuple(line.split(";")[1:4]) for line in content.decode().splitlines()[1:]]


def test_every_line_of_a_file_is_a_row_or_named() -> None:
    content = b"Overzicht\n\nbsn;dag;naam;stap\n" + (
        b"999990019;20190401;x;P4\n"
        b"99990007;1-4-2019;x;vijf en half\n"  # a BSN without its zero; a beginning
        b";;alleen een naam;\n"
        b"999990019;20190401;x;P4;te veel\n"
        b"totaal 999990019;;;\n"  # a BSN in the column of the BSN: somebody's row
        b"Totaal 999990020;;;5\n"  # and a number that was to be one
        b";;;\n"
        b"Totaalsma;1-4-2019;x;5\n"  # another word
        b";Totaal;bsn 999990019/1;\n"  # a BSN in another column
        b"Totaal;2;99999001,90;\n"  # an amount
        b"Totaal\n"
        b"\xc2\xa0\n"
    )
    mapped = apply(content, _mapping(totaal=["Totaal"]))
    assert mapped.header == 3
    assert mapped.lines == (4, 5, 8, 9, 11, 12, 7, 15)
    assert (mapped.above, mapped.aside, mapped.totals, mapped.unread) == ((1,), (6,), (13, 14), (3,))
    assert mapped.unmeasured == ()
    assert mapped.odd == {7: "5/4", 15: "1/4"}
    assert _rows(mapped.content)[:2] == [("999990019", "4", "01-04-2019"), ("099990007", "5", "01-04-2019")]
    assert b"alleen een naam" not in mapped.content
    assert read_delivery(mapped.content, _mapping().source).frame.height == len(mapped.lines)


@pytest.mark.parametrize("above", [b"", b"Subtotaal;;\n", b"Totaal;;\n"], ids=["none", "subtotal", "not below"])
def test_a_file_without_the_total_that_it_should_have_may_miss_its_end(above: bytes) -> None:
    with pytest.raises(MappedTotalMissing):
        apply(b"bsn;dag;stap\n" + above + b"999990019;20190401;4\n", _mapping(totaal=["Totaal", "Subtotaal"]))


@pytest.mark.parametrize("text", ["99990039.0", "99990039,00", "9999.00.39", "99 990 039"])
def test_a_bsn_without_its_zero_is_read_as_whose_it_is(text: str) -> None:
    mapped = apply(f"bsn;dag;stap\n{text};20190401;4\n".encode(), _mapping(vorm={"Burgerservicenr": "zonder nullen"}))
    assert _rows(mapped.content)[0][0] == "099990039"


@pytest.mark.parametrize("text", ["99990003.9", "99.990.0039.1", "9999 0 0039", "999900.03.9.0"])
def test_what_only_looks_like_a_bsn_is_not_made_one(text: str) -> None:
    mapped = apply(f"bsn;dag;stap\n{text};20190401;4\n".encode(), _mapping(vorm={"Burgerservicenr": "zonder nullen"}))
    frame = read_delivery(mapped.content, _mapping().source).frame
    assert not frame.select(is_valid_bsn(pl.col("bsn"))).item()


def test_a_bsn_that_is_not_read_is_kept_where_there_is_none() -> None:
    """As in a delivery of ours: in quarantine, and found for whom it is about."""
    content = (
        b"bsn;dag;stap;memo\n;20190401;4;over 9999 90 019/1\n999990021;20190401;4;999990019\n999990007;;;999990019\n"
    )
    frame = read_delivery(apply(content, _mapping()).content, _mapping().source).frame
    assert frame["betrokkenen"].to_list() == [["999990019"], ["999990019"], ["999990007"]]


def test_a_word_for_nothing_and_a_form_go_together() -> None:
    mapping = _mapping(codes={"DatumMeting": {"n.v.t.": "", "altijd": "31-12-9999"}})
    mapped = apply(b"bsn;dag;stap\n999990019;n.v.t.;4\n999990019;Altijd;4\n999990019;x;4\n", mapping)
    assert [row[2] for row in _rows(mapped.content)] == ["", "31-12-9999", "?x"]


def test_a_line_of_nothing_but_separators_is_named() -> None:
    mapping = _mapping(scheiding=",", vast={}, kolommen={**LADDER["kolommen"], "gem": "Gemeentecode"})
    mapped = apply(b'gem,bsn,dag,stap\n0865,999990019,20190401,4\n;,";",,\n', mapping)
    assert (mapped.lines, mapped.above, mapped.aside) == ((2,), (), (3,))


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"bsn;dag;stap\n1;2;3\n\xef\xbb\xbfbsn;stap;dag\n999990019;4;20190401\n", MappedHeaderAgain),
        (b"bsn;dag;stap\n1;2;3\nbsn nr;stap;dag\n999990019;4;20190401\n", MappedHeaderAgain),
        (b"bsn;datum;stap\n9999.90.019;20190401;4\nbsn;dag;stap\n999990007;20190401;4\n", MappedPersonAbove),
        (b"bsn;datum;stap\n99990039;20190401;4\nbsn;dag;stap\n999990007;20190401;4\n", MappedPersonAbove),
        (b"bsn;dag;stap;van 999990019\n999990007;20190401;4;\n", MappedPersonAbove),
        (b"bsn;dag;stap\n999990019;20190401;4\nbsn;stap;dag\n999990019;4;20190401\n", MappedHeaderAgain),
        (b"van 999990019\nbsn;dag;stap\n999990019;20190401;4\n", MappedPersonAbove),
        (b"Bsn;datum;stap\n999990019;20190401;4\nbsn;dag;stap\n999990019;20190401;4\n", MappedPersonAbove),
    ],
)
def test_what_would_be_read_from_wrong_columns_is_refused(content: bytes, error: type[Exception]) -> None:
    with pytest.raises(error) as refused:
        apply(content, _mapping())
    assert "999990019" not in str(refused.value)


def test_a_header_that_is_repeated_is_no_row_of_anybody() -> None:
    mapped = apply(b"bsn;dag;stap\n999990019;20190401;4\nBSN;Dag;Stap\n", _mapping())
    assert mapped.lines == (2, 3)  # the contract puts it in quarantine: it has no BSN


@pytest.mark.parametrize("extra", range(1, 6))
def test_a_line_with_too_many_cells_never_becomes_a_row(extra: int) -> None:
    """Whatever number of cells it has: a row of ours has six."""
    content = b"bsn;dag;stap\n999990019;20190401;4\n999990019;20190401;4" + b";" * (extra - 1) + b";x\n"
    frame = read_delivery(apply(content, _mapping()).content, _mapping().source).frame
    assert frame["cellen"].is_null().to_list() == [True, False]


def test_measurements_on_a_line_are_rows_and_those_not_made_are_counted() -> None:
    (mapping,) = parse_mappings({"bestand": [WIDE]})
    content = (
        b"bsn;een;dag een;twee;dag twee\n"
        b"999990019;P4;1-2-2019;5;3-4-2019\n"
        b"999990019;P4;1-2-2019;;3-4-2019\n"
        b"999990019;;;;\n"
    )
    mapped = apply(content, mapping)
    assert _rows(mapped.content) == [
        ("999990019", "4", "01-02-2019"), ("999990019", "5", "03-04-2019"), ("999990019", "4", "01-02-2019"),
    ]  # fmt: skip
    assert (mapped.lines, mapped.unmeasured) == ((2, 2, 3), (3, 4, 4))


def test_the_header_is_found_by_what_is_read() -> None:
    assert share_of_columns(b"x\ny;z\nstap;bsn;dag\n", _mapping()) == 1
    assert share_of_columns(b"bsn;stap;datum\n", _mapping()) == pytest.approx(2 / 3)
    assert share_of_columns(b"bsn;stap;stap;dag\n", _mapping()) == pytest.approx(2 / 3)
    assert share_of_columns(b"\xff\xfeb\x00", _mapping()) == 0
    assert share_of_columns(b'BSN ; Stap;DAG\n"x;y\n', _mapping()) == 1  # not capitals, nor what comes below
    with pytest.raises(MappedHeaderMissing, match=r"missing or double: dag \(DatumMeting\)"):
        apply(b"bsn;stap;datum\n1;2;3\n", _mapping())


def test_lines_about_somebody_are_found_in_every_cell_of_a_line_without_a_bsn() -> None:
    content = b"bsn;dag;stap;memo\n999990019;;4;\n;;4;over 999990019\n999990020;;4;x\n999990019;4\n999990019;1;2;3;4\n"
    assert lines_about(content, _mapping(), "999990019") == {2, 3, 5, 6}


def _changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    record = {name: dict(value) if isinstance(value, dict) else value for name, value in LADDER.items()}
    change(record)
    return {"bestand": [record]}


UNUSABLE: dict[str, tuple[dict[str, Any], str]] = {
    "nothing": ({}, "no \\[\\[bestand\\]\\]"),
    "something beside it": ({**_changed(lambda _: None), "meer": 1}, "something else"),
    "another key": (_changed(lambda r: r.update(kop=1)), "another key"),
    "another source": (_changed(lambda r: r.update(bron="Jansen")), "no bron"),
    "a separator of two": (_changed(lambda r: r.update(scheiding=";;")), "scheiding"),
    "a total without a word": (_changed(lambda r: r.update(totaal=[""])), "totaal"),
    "a column of no delivery": (_changed(lambda r: r["kolommen"].update(x="Naam")), "does not have"),
    "a column that is not read": (_changed(lambda r: r["kolommen"].update(x="Toelichting")), "does not read"),
    "a header twice": (_changed(lambda r: r["kolommen"].update({"BSN ": "Gemeentecode"})), "header twice"),
    "a header of nothing": (_changed(lambda r: r["kolommen"].update({" ": "Gemeentecode"})), "or with none"),
    "no measurement": (_changed(lambda r: r.update(meting=[])), "meting"),
    "a measurement about another": (
        _changed(lambda r: r.update(meting=[{"kolommen": {"BSN": "Trede", "partner": "Burgerservicenr"}}])),
        "outside it",
    ),
    "a word twice": (_changed(lambda r: r["codes"].update(Trede={"P2": "2", "p2": "3"})), "word twice"),
    "a line break": (_changed(lambda r: r["vast"].update(Gemeentecode="08\n65")), "no table of texts"),
    "only with nothing": (_changed(lambda r: r.update(alleen_met=[])), "alleen_met"),
    "a column twice": (_changed(lambda r: r["kolommen"].update(x="Trede")), "twice"),
    "no BSN": (_changed(lambda r: r["kolommen"].pop("bsn")), "for the BSN"),
    "a BSN for everybody": (
        _changed(lambda r: (r["kolommen"].pop("bsn"), r["vast"].update(Burgerservicenr="999990019"))),
        "for the BSN",
    ),
    "nothing for what every row has": (_changed(lambda r: r["kolommen"].pop("stap")), "fills no Trede"),
    "a form of another kind": (_changed(lambda r: r["vorm"].update(DatumMeting="cent")), "vorm of DatumMeting"),
    "a code of another list": (_changed(lambda r: r["codes"].update(Trede={"P7": "7"})), "code of Trede"),
    "a number for a text": (_changed(lambda r: r["vast"].update(Gemeentecode=865)), "no table of texts"),
    "only with, of a line that is a row": (_changed(lambda r: r.update(alleen_met="Trede")), "alleen_met"),
    "a measurement with a key of its own": (_changed(lambda r: r.update(meting=[{"bron": "zrm"}])), "meting"),
    "a column that is measured twice": (
        {
            "bestand": [
                {**ZRM, "meting": [ZRM["meting"][0], {**ZRM["meting"][0], "vast": {"Domein": "tijdsbesteding"}}]}
            ]
        },
        "the same column",
    ),
    "a column that is two things": (
        {
            "bestand": [
                {**WIDE, "meting": [WIDE["meting"][0], {"kolommen": {"dag een": "Trede", "een": "DatumMeting"}}]}
            ]
        },
        "the same column",
    ),
    "a domain without a reason": (
        {"bestand": [{**ZRM, "meting": [{"kolommen": {"geld": "ZRMScore"}, "vast": {"Domein": "financien"}}]}]},
        "no reason to read",
    ),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_a_mapping_that_cannot_be_is_refused_without_a_word_of_it(case: str) -> None:
    document, said = UNUSABLE[case]
    with pytest.raises(MappingUnusable, match=said) as refused:
        parse_mappings(document)
    assert not any(word in str(refused.value) for word in ("Jansen", "999990019", "P7", "geld"))


def test_domains_with_a_reason_may_be_mapped() -> None:
    (mapping,) = parse_mappings({"bestand": [ZRM]})
    assert [row.fixed["Domein"] for row in mapping.rows] == ["werk_opleiding"]


FORMS = [
    (Kind.DATE, "d-m-jjjj", "1-2-2019", "01-02-2019"),
    (Kind.DATE, "d-m-jjjj", "1/2/2019 12:30", "01-02-2019"),
    (Kind.DATE, "d-m-jjjj", "1-2-19", "?1-2-19"),
    (Kind.DATE, "jjjj-mm-dd", "2019-02-01T00:00:00", "01-02-2019"),
    (Kind.DATE, "jjjjmmdd", "20190201", "01-02-2019"),
    (Kind.BIRTH_DATE, "jjjjmmdd", "19600000", "00-00-1960"),
    (Kind.DATE, "m/d/jjjj", "2/1/2019", "01-02-2019"),
    (Kind.DATE, "excel", "43497", "01-02-2019"),
    (Kind.DATE, "excel", "43497.5", "01-02-2019"),
    (Kind.CENT, "1.234,56", "€ 1.234,56", "1234,56"),
    (Kind.CENT, "1.234,56", "1234,56-", "-1234,56"),
    (Kind.CENT, "1.234,56", "12.34", "?12.34"),
    (Kind.CENT, "1.234,56", "1234.567", "?1234.567"),
    (Kind.CENT, "1.234,56", "12EUR50", "?12EUR50"),
    (Kind.CENT, "1.234,56", "100 200", "?100 200"),
    (Kind.CENT, "1.234,56", "EUR 12", "12"),
    (Kind.CENT, "cent", "1174,00", "?1174,00"),
    (Kind.DATE, "d-m-jjjj", "01-02-2019 t/m 31-12-2020", "?01-02-2019 t/m 31-12-2020"),
    (Kind.DATE, "jjjj-mm-dd", "2019-06-30T22:00:00Z", "?2019-06-30T22:00:00Z"),
    (Kind.DATE, "m/d/jjjj", "03-04-2019", "04-03-2019"),
    (Kind.END_DATE, "excel", "2958465", "31-12-9999"),
    (Kind.CENT, "1,234.56", "1,234.56", "1234,56"),
    (Kind.CENT, "cent", "5", "0,05"),
    (Kind.CENT, "cent", "-123456", "-1234,56"),
    (Kind.PERCENT, "procent", "48,5 %", "48,5"),
    (Kind.PERCENT, "fractie", "0.485", "48,5"),
    (Kind.PERCENT, "fractie", "1", "100"),
    (Kind.PERCENT, "fractie", "1,2", "?1,2"),
    (Kind.BSN, "zonder nullen", "12345678", "012345678"),
    (Kind.BSN, "zonder nullen", "1234.56.782", "123456782"),
    (Kind.POSTCODE, "kleine letters", "5261 ab", "5261 AB"),
]


@pytest.mark.parametrize(("kind", "form", "text", "ours"), FORMS)
def test_a_text_in_a_form_becomes_ours_and_any_other_is_unreadable(kind: Kind, form: str, text: str, ours: str) -> None:
    assert pl.select(in_our_form(pl.lit(text), kind, [form])).item() == ours
    assert pl.select(in_our_form(pl.lit(None, pl.String), kind, [form])).item() is None


def test_every_source_can_be_mapped_from_its_own_headers() -> None:
    """Whatever the product reads, a file of it may have; a required column that may not be mapped would bar all."""
    for source in SOURCES:
        columns = {column.header: column.header for column in source.read}
        (mapping,) = parse_mappings({"bestand": [{"bron": source.id, "kolommen": columns}]})
        assert set(mapping.read.values()) == set(columns)
