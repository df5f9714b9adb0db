"""The report in Dutch and in English: the same things said, nothing silently Dutch, rounded counts as such."""

import string
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest

from schemas.errors import NotTranslated
from schemas.profiles import DEEL, DEMO, STANDAARD
from schemas.reference import REFERENCE_FIGURES
from schemas.specs.question import COUNTS, Question
from schemas.states import Released
from schemas.tables import TABLES
from schemas.tables.counted import ALSO_LEFT, caveats_of
from schemas.tables.sums import AMOUNTS, EARLIER, SUMS
from schemas.tables.sums import WITHHELD as NO_SUMS
from schemas.text import Text, english
from schemas.withheld import WITHHELD
from tests.builders.compared import tell_everything
from tests.builders.content import content_of, costed_content, counts_of, nothing_of, released_of, rounded_content
from tests.builders.sample import PEILDATUM
from tests.oracles.page import Page
from transforms.language.language import LANGUAGES, Language, language_of, words
from transforms.language.numerals import DUTCH
from transforms.language.numerals import ENGLISH as ENGLISH_NUMERALS
from transforms.package.files import ReleaseContent
from transforms.released.scenarios import shipped_assumptions
from transforms.report.report import report_html
from transforms.report.story import story
from transforms.report.summary import findings


def test_a_part_of_the_file_is_named_in_both_languages():
    content = replace(rounded_content(), profile=replace(DEEL, demo=True))
    assert "Vught, inwoners met postcode 5261" in text_of(content, "nl")
    assert "Vught, residents with postcode 5261" in text_of(content, "en")


def text_of(content: ReleaseContent, code: str) -> str:
    return Page(report_html(story(content, code)).decode()).text


def declared_texts() -> set[str]:
    """Everything declared that a report shows."""
    texts = {text for spec in (*TABLES, *(sums.table for sums in SUMS)) for text in spec.texts}
    texts |= {ALSO_LEFT, *(amount.title for amount in AMOUNTS), *NO_SUMS.values()}
    texts |= {text for both in shipped_assumptions().titles.values() for text in both}
    texts |= {text for one in shipped_assumptions().assumptions for text in (one.title, one.source)}
    texts |= {text for one in WITHHELD for text in (one.table, one.subject, one.rule, one.instead)}
    return texts | {text for figure in REFERENCE_FIGURES for text in (figure.subject, figure.period, figure.unit)}


def test_every_declared_text_has_its_english():
    assert all(isinstance(text, Text) for text in declared_texts())


def test_a_text_without_english_stops_the_release_in_english_only():
    table = released_of("T01")
    odd = content_of(tables=(Released(table.frame, replace(table.spec, question="Hoe dan?")),))
    assert "Hoe dan?" in text_of(odd, "nl")
    with pytest.raises(NotTranslated, match="Hoe dan"):
        story(odd, "en")
    with pytest.raises(NotTranslated):
        english("")


def test_both_languages_have_the_same_keys_and_fields():
    first, second = (words(code) for code in LANGUAGES)
    assert first.keys() == second.keys()

    def fields(text: str) -> set[str | None]:
        return {field for _, field, _, _ in string.Formatter().parse(text)} - {None}

    for key, text in first.items():
        # A day is named where the Dutch sentence needs it; who is counted may be left out of a caption, not added.
        assert fields(text) == fields(second[key]), key
        assert text.strip()
        assert second[key].strip()


def test_every_key_is_said_in_some_report(monkeypatch):
    """Texts that no report says any more are deleted, in both languages."""
    said = set()
    say = Language.say

    def recording(self, key, **fields):
        said.add(key)
        return say(self, key, **fields)

    monkeypatch.setattr(Language, "say", recording)
    hole = rounded_content()
    held = Released(hole.released[0].frame.with_columns(value=None, status=pl.lit("Q")), hole.released[0].spec)
    everything = [
        Released(table.frame.with_columns(value=30, status=pl.lit("A")), table.spec) for table in content_of().released
    ]
    one = everything[0].frame.with_columns(
        status=pl.when(pl.col("regeling") == "beide").then(pl.lit("Q")).otherwise("status")
    )
    largest = [
        Released(table.frame.with_columns(value=pl.int_range(pl.len()).cast(pl.Int64) + 10), table.spec)
        for table in everything
    ]
    contents = (
        costed_content(),
        replace(content_of(), withheld={amount.id: EARLIER for amount in AMOUNTS}),
        content_of(STANDAARD, tuple(nothing_of(table) for table in content_of().released)),
        content_of(DEMO, tuple(largest)),
        content_of(DEMO, (Released(one, everything[0].spec), *everything[1:])),
        hole,
        replace(hole, released=(held, *hole.released[1:])),
        content_of(tables=(Released(everything[0].frame.with_columns(value=0), everything[0].spec),)),
        content_of(tables=(released_of("T02", {("<27", "totaal")}),)),
        content_of(tables=(Released(everything[0].frame, replace(everything[0].spec, population=())),)),
        content_of(replace(STANDAARD, question=Question("Vraag", "", COUNTS, "alle", ("regeling",)))),
        content_of(replace(STANDAARD, absent=("zrm",))),
    )
    for content in contents:
        story(content, "nl")
    # A chance that was declared since, and has no sentence of its own.
    bare = {key: text for key, text in words("nl").items() if not key.startswith("finding.chances_trede_5")}
    for content in (costed_content(), contents[2]):
        findings(content, replace(language_of("nl"), words=bare))
    tell_everything()
    assert set(words("nl")) - said == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_report_names_every_table_in_its_own_language(code):
    text = text_of(content_of(), code)
    told = (lambda one: one) if code == "nl" else english
    for table in TABLES:
        assert told(table.question) in text
        assert all(told(caveat) in text for caveat in caveats_of(table))
        assert all(told(axis.label(level)) in text for axis in table.dimensions for level in axis.levels)


def test_the_english_report_has_no_dutch_left():
    page = report_html(story(costed_content(), "en")).decode()
    text = Page(page).text
    assert '<html lang="en">' in page
    left = {one for one in declared_texts() if len(one) > 12 and english(one) != one and one in text}
    assert left == set()
    assert not {"inwoners", "niet gepubliceerd", "geteld", "juli", "verzonnen"} & set(text.replace(",", " ").split())
    assert "1 July 2019" in text
    ladder = counts_of("T03")
    assert f"{Decimal(100 * ladder['1-2', 'pwet_totaal']) / ladder['totaal', 'pwet_totaal']:.1f}%" in text


@pytest.mark.parametrize("reason", NO_SUMS)
def test_why_amounts_are_withheld_is_said_in_both_languages(reason):
    content = replace(content_of(), withheld={amount.id: reason for amount in AMOUNTS})
    assert NO_SUMS[reason] in text_of(content, "nl")
    assert NO_SUMS[reason].en in text_of(content, "en")
    assert "Nothing was guessed" in text_of(content, "en")


@pytest.mark.parametrize(
    ("cents", "dutch_text", "english_text"), [(123450, "€\u00a01.235", "€1,235"), (49, "€\u00a00", "€0")]
)
def test_an_amount_is_in_whole_euros(cents, dutch_text, english_text):
    assert DUTCH.euro(cents) == dutch_text
    assert ENGLISH_NUMERALS.euro(cents) == english_text
    assert DUTCH.difference(-cents) == ("\u2212" if cents >= 50 else "") + dutch_text
    assert ENGLISH_NUMERALS.difference(cents) == ("+" if cents >= 50 else "") + english_text
    assert (DUTCH.factor(Fraction(11, 10)), ENGLISH_NUMERALS.factor(Fraction(11, 10))) == ("1,10", "1.10")


def test_rounded_counts_are_about_and_say_how_far_off_they_are():
    pwet, share = _rounded_pwet()
    text = text_of(rounded_content(), "nl")
    assert (
        "Alle aantallen zijn afgerond op een veelvoud van 10, en liggen hoogstens 10 van het echte aantal af." in text
    )
    assert f"ongeveer {pwet} inwoners ({share}\u00a0%)" in text
    assert "minder dan 10" in text
    assert "<10 = afgerond, en minder dan 10." in text
    assert ",0\u00a0%" not in text
    assert "ongeveer 100\u00a0%" not in text
    assert "Vervangen door een veelvoud van 10" in text
    english_text = text_of(rounded_content(), "en")
    assert f"about {pwet} residents ({share}%)" in english_text
    assert "fewer than 10" in english_text


def _rounded_pwet() -> tuple[int, int]:
    """Who is under the Participatiewet, and the share of everybody: as published, and in whole per cents of that."""
    shown = {row[0]: row[1] for row in rounded_content().released[0].frame.rows()}
    return shown["pwet_totaal"], round(100 * shown["pwet_totaal"] / shown["totaal"])


def test_a_total_that_is_held_back_reads_as_such():
    content = rounded_content()
    frame = content.released[0].frame
    status = pl.when(pl.col("regeling") == "totaal").then(pl.lit("Q")).otherwise("status")
    held = Released(frame.with_columns(status=status), content.released[0].spec)
    text = text_of(replace(content, released=(held, *content.released[1:])), "nl")
    assert (
        "Hoeveel inwoners van Vught op 1 juli 2019 onder de Participatiewet, de WMO of allebei vallen, is niet" in text
    )
    assert f"Onder de Participatiewet vallen ongeveer {_rounded_pwet()[0]} inwoners, met of zonder WMO." in text
    assert "er is geen veilig veelvoud" in text


@pytest.mark.parametrize(("value", "text"), [(0, "0"), (999, "999"), (1234, "1.234"), (1234567, "1.234.567")])
def test_number(value, text):
    assert DUTCH.number(value) == text
    assert ENGLISH_NUMERALS.number(value) == text.replace(".", ",")


@pytest.mark.parametrize(
    ("part", "whole", "text", "about"),
    [(66, 300, "22,0", 22), (1, 2000, "0,1", 0), (7, 7, "100,0", 100), (1, 8, "12,5", 13)],
)
def test_percentage(part, whole, text, about):
    assert DUTCH.percentage(part, whole) == f"{text}\u00a0%"
    assert DUTCH.whole_percentage(part, whole) == f"{about}\u00a0%"
    assert ENGLISH_NUMERALS.percentage(part, whole) == f"{text.replace(',', '.')}%"
    assert ENGLISH_NUMERALS.whole_percentage(part, whole) == f"{about}%"


def test_long_date_and_enumeration():
    assert DUTCH.long_date(PEILDATUM) == "1 juli 2019"
    assert ENGLISH_NUMERALS.long_date(PEILDATUM) == "1 July 2019"
    assert [DUTCH.enumeration("abc"[:length]) for length in range(4)] == ["", "a", "a en b", "a, b en c"]
    assert [ENGLISH_NUMERALS.enumeration("abc"[:length]) for length in range(4)] == ["", "a", "a and b", "a, b and c"]
