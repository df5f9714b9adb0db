"""Names of categories: what looks alike, what means unknown, and the order of bands."""

import re

import pytest

from transforms.microdata.spelling import padding_warnings, place_of, spelling_warnings, unknown_categories

UNKNOWN = [
    "NA", "onbekend", "Onbekend", "", "(leeg)", "n.v.t.", "nvt", "-", "--", "—", "nan", "NaN", "null", "NULL",
    "unknown", "?", "??", "<NA>", "#N/A", "n/a", "N.A.", "niet bekend", " onbekend ", ".",
]  # fmt: skip
KNOWN = [
    "Noord",
    "0",
    "9",
    "99",
    "geen",
    "none",
    "nee",
    "nl",
    "<18",
    "65+",
    "-1",
    "A-",
    "Onbekende Soldaat",
    "+",
    "0-4",
]

ORDERS = {
    "bands": ["0-4", "5-9", "10-14", "65+", "onbekend"],
    "open bands": ["<5", "5 - 9", "10\u201314", "≥ 65", "-", "?"],
    "words": ["jonger dan 18", "18 tot 27", "27 tot 45", "ouder dan 65"],
    "children": ["0 kinderen", "1 kind", "2 kinderen", "10 kinderen", "geen opgave"],
    "codes": ["WK1", "WK02", "WK10", "WK100"],
    "amounts": ["< € 1.000", "€ 1.000 - € 2.000", "€ 2.500", "€ 10.000 en meer", "(leeg)"],
    "decimals": ["-2", "-1,5", "0", "0,5", "1.25", "2", "1.000.000"],
    "text": ["Centrum", "noord", "Zuid", "NA"],
}


@pytest.mark.parametrize("value", UNKNOWN)
def test_spellings_of_unknown(value: str) -> None:
    assert unknown_categories(["Noord", value]) == {value}


def test_answers_are_not_unknown() -> None:
    assert unknown_categories(KNOWN) == frozenset()


@pytest.mark.parametrize("name", ORDERS)
def test_bands_and_numbers_stand_by_number_and_unknown_last(name: str) -> None:
    ordered = ORDERS[name]
    for start in range(len(ordered)):
        assert sorted([*ordered[start:], *ordered[:start]], key=place_of) == ordered


def test_any_text_has_a_place_of_its_own() -> None:
    values = [
        "",
        " ",
        "1" * 5000,
        "²",
        "٣",
        "1.2.3",
        "1,,2",
        "\x1b[31m",
        "-",
        "€",
        "<",
        "< ",
        "1",
        "1.0",
        "01",
        "a",
        "A",
    ]
    values += UNKNOWN + KNOWN
    assert len(sorted(set(values), key=place_of)) == len(set(map(place_of, values))) == len(set(values))


ALIKE = [
    ["Noord", "noord"], ["Zuid-Oost", "Zuid Oost", "Zuidoost"], ["1", "1.0", "01"], ["1,0", "1"], ["WK01", "wk1"],
    ["0-4", "0 - 4", "0\u20134"], ["Één", "Een"], ["Noord", "Noord."], ["Noord", "No\u200bord"],
]  # fmt: skip
APART = [
    ["Noord", "Zuid"], ["0-4", "04"], ["1 2", "12"], ["A", "A-", "A+"], ["1", "10"], ["0,05-1", "0,5-1"], ["<18", "18"],
    ["1-2", "1-20"], ["1", "-1"],
]  # fmt: skip


@pytest.mark.parametrize("values", ALIKE)
def test_what_looks_alike_is_named_with_its_column_and_number(values: list[str]) -> None:
    (said,) = spelling_warnings("wijk", [*values, "Heel anders"])
    assert said.startswith(f"Column wijk: {len(values)} categories look alike, and are counted apart: ")
    assert all(repr(value) in said for value in values)
    assert "anders" not in said


@pytest.mark.parametrize("values", APART)
def test_what_differs_is_not_named(values: list[str]) -> None:
    assert spelling_warnings("wijk", values) == []


def test_several_spellings_of_unknown_are_named_once() -> None:
    said = spelling_warnings("wijk", ["Noord", "NA", "na", "onbekend", "(leeg)"])
    assert said == [
        "Column wijk: 4 categories seem to mean unknown, and are counted apart: '(leeg)', 'NA', 'na', 'onbekend'."
    ]


def test_what_a_terminal_would_obey_is_escaped() -> None:
    (said,) = spelling_warnings("wijk", ["\x1b[31mNoord", "\x1b[31mnoord"])
    assert not re.search(r"[\x00-\x1f]", said)


def test_spaces_that_were_taken_off_are_named() -> None:
    assert padding_warnings("wijk", []) == []
    assert padding_warnings("wijk", ["Noord"]) == [
        "Column wijk: spaces around 1 category were taken off, which made them one with: 'Noord'."
    ]
