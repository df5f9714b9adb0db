"""A request as text: what it may hold, what the register allows, and which coarser questions are tried."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise, permutations, product
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest

from flows.pipeline.question import read_question
from pia.question import require_askable
from schemas.errors import RequestNamesPerson, RequestNotAllowed, RequestPublished, RequestUnknown, RequestUnreadable
from schemas.profiles import KWARTAAL, STANDAARD
from schemas.sources import SOURCES
from schemas.specs import Treatment
from schemas.specs.question import COUNTS, Question
from schemas.states import SEAL, Pseudonymised, Released
from schemas.tables import TABLES, dimensions, tables_of
from schemas.tables.dimensions import IN_STOCK
from schemas.tables.question import ASKABLE, EVERYBODY, POPULATIONS, STOCK_FIELDS, Askable, fields_of
from schemas.text import english
from tests.builders.releases import dimension_of, spec_of, table_of
from tests.builders.requests import FORBIDDEN, asked, request_toml
from tests.builders.sample import PEILDATUM
from transforms.persons.costs import add_costs
from transforms.persons.derive import derive
from transforms.persons.link import link
from transforms.requests.answer import Refusal, answer, coarser, published_by, published_pct
from transforms.requests.request import read_request, toml_of


def test_a_request_is_read_as_it_was_written() -> None:
    found = read_request(request_toml(peildatum="2019-07-01"))
    assert found.peildatum == date(2019, 7, 1)
    assert found.question.dimensions == ("duurklasse", "leeftijdsklasse")
    assert found.question.title == "Duur naar leeftijd"
    assert read_request(request_toml(peildatum='"2019-07-01"')).peildatum == date(2019, 7, 1)
    assert read_request(request_toml()).peildatum is None
    assert read_request(b"\xef\xbb\xbf" + request_toml()).question == found.question


WORD = "Geheimpje"
UNREADABLE = {
    "no TOML": b"[verzoek\ntitel = Geheimpje",
    "not UTF-8": request_toml().replace(b"Duur", b"D\xe9\xe9r"),
    "another table": request_toml().replace(b"[verzoek]", b"[Geheimpje]"),
    "another table beside it": request_toml() + b"\n[Geheimpje]\nx = 1",
    "nested without end": b"x = " + b"[" * 9_000,
    "too large": request_toml() + b"\n#" + b"x" * 10_000,
    "unknown key": request_toml(Geheimpje="1"),
    "missing key": request_toml(reden=""),
    "a number for a text": request_toml(titel="12"),
    "an empty text": request_toml(titel='" "'),
    "a long title": request_toml(titel=f'"{"x" * 81}"'),
    "a long reason": request_toml(reden=f'"{"x" * 501}"'),
    "Markdown": request_toml(titel='"Geheimpje | **x**"'),
    "HTML": request_toml(titel='"Geheimpje <b>"'),
    "a break": request_toml(titel='"Geheimpje\\nx"'),
    "a formula": request_toml(titel='"=1+1"'),
    "no dimension": request_toml(dimensies="[]"),
    "three dimensions": request_toml(dimensies='["duurklasse", "leeftijdsklasse", "trede"]'),
    "a dimension twice": request_toml(dimensies='["trede", "trede"]'),
    "a text for a list": request_toml(dimensies='"trede"'),
    "no date": request_toml(peildatum='"Geheimpje"'),
    "a day that does not exist": request_toml(peildatum='"2019-02-30"'),
    "a moment": request_toml(peildatum="2019-07-01T10:00:00"),
    "a number for a date": request_toml(peildatum="20190701"),
}
UNKNOWN = {
    "measure": request_toml(maat='"Geheimpje"'),
    "population": request_toml(populatie='"Geheimpje"'),
    "dimension": request_toml(dimensies='["trede", "Geheimpje"]'),
    "a level for a dimension": request_toml(dimensies='["pwet_totaal"]'),
    "a number": request_toml(dimensies="[1]"),
    "a table for a population": request_toml(populatie="{trede = 1}"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_is_no_request_is_refused_without_repeating_it(case: str) -> None:
    with pytest.raises(RequestUnreadable) as caught:
        read_request(UNREADABLE[case])
    assert WORD not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("case", UNKNOWN)
def test_what_is_not_declared_is_refused_with_what_is(case: str) -> None:
    with pytest.raises(RequestUnknown, match=r"Choose from: (aantal\.|(alle|regeling), )") as caught:
        read_request(UNKNOWN[case])
    assert WORD not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "Over 999990019",
        "Over 9999 90 019",
        "Over 999.990.019",
        "Mail naar iemand@voorbeeld.nl",
        "Bel 06-12345678",
        "Geboren op 03-04-1961",
        "Geboren op 3 april 1961",
        "Sinds 2019-03-04",
        "Woont op 5261 AB",
        "Vraag over mevrouw Jansen",
        "Vraag over dhr. van der Berg",
        "Wie wonen in de Kerkstraat 12",
    ],
)
@pytest.mark.parametrize("key", ["titel", "reden"])
def test_what_looks_like_a_person_is_refused(key: str, text: str) -> None:
    with pytest.raises((RequestNamesPerson, RequestUnreadable)) as caught:
        read_request(request_toml(**{key: f'"{text}"'}))
    assert isinstance(caught.value, RequestNamesPerson), text
    assert text not in str(caught.value)


def test_a_file_that_is_not_there_or_about_another_day(tmp_path: Path) -> None:
    with pytest.raises(RequestUnreadable, match="missing"):
        read_question(tmp_path / "Geheimpje.toml", PEILDATUM, STANDAARD)
    with pytest.raises(RequestUnreadable, match="missing"):
        read_question(tmp_path, PEILDATUM, STANDAARD)
    path = tmp_path / "v.toml"
    path.write_bytes(request_toml(peildatum="2019-08-01"))
    with pytest.raises(RequestUnreadable, match="another peildatum"):
        read_question(path, PEILDATUM, STANDAARD)
    path.write_bytes(request_toml(peildatum="2019-07-01"))
    assert read_question(path, PEILDATUM, STANDAARD).population == "alle"


def test_every_dimension_says_whether_it_may_be_asked() -> None:
    declared = {one.name for one in vars(dimensions).values() if isinstance(one, dimensions.Dimension)}
    assert {one.dimension.name for one in ASKABLE} == declared
    assert all(one.rule for one in ASKABLE if not one.is_open or one.crossings is not None or one.within)
    names = {one.dimension.name for one in ASKABLE}
    assert all(set(one.crossings or ()) <= names for one in ASKABLE)
    assert all(one.within in {"", *POPULATIONS} for one in ASKABLE)


@pytest.mark.parametrize("one", [one for one in ASKABLE if one.is_open], ids=lambda one: one.dimension.name)
def test_what_the_analysis_counts_of_one_scheme_is_asked_of_that_scheme_only(one: Askable) -> None:
    """Of everybody it would be the same counts and, in one category, the known number of the others."""
    populations = [
        spec.population[1:] for spec in TABLES if one.dimension in spec.dimensions and IN_STOCK in spec.population
    ]
    of = {POPULATIONS[name] for name in POPULATIONS if name != EVERYBODY} & set(populations)
    assert {POPULATIONS[one.within]} == of if () not in populations else one.within == ""


@pytest.mark.parametrize("case", FORBIDDEN)
def test_what_the_register_does_not_allow_is_refused_with_its_rule(case: str) -> None:
    question, rule = FORBIDDEN[case]
    with pytest.raises(RequestNotAllowed) as caught:
        require_askable(question, SOURCES)
    assert rule in str(caught.value)


@pytest.mark.parametrize(
    "question",
    [
        asked("trede", "leeftijdsklasse", population="pwet_totaal"),
        asked("zrm", "regeling"),
        asked("kans"),
        asked("productcategorie", "geslacht", population="wmo_totaal"),
        asked("loonwaarde", "voorziening", population="pwet_totaal"),
        asked("leefvorm", "regeling", population="pwet_totaal"),
        asked("ontheffing", "leeftijdsklasse", population="pwet_totaal"),
    ],
    ids=lambda question: "-".join(question.dimensions),
)
def test_what_it_allows_passes(question: Question) -> None:
    require_askable(question, SOURCES)


def test_a_field_that_is_not_registered_stops_a_question() -> None:
    without = tuple(source for source in SOURCES if source.id != "participatieladder")
    with pytest.raises(RequestNotAllowed, match="trede_code"):
        require_askable(asked("trede"), without)


def _made(staged: Mapping[str, Pseudonymised]) -> pl.DataFrame:
    derived = derive(link(staged, peildatum=PEILDATUM).personen, peildatum=PEILDATUM)
    return add_costs(derived, staged, peildatum=PEILDATUM)["personen"].frame


def _blanked(frame: pl.DataFrame, columns: tuple[str, ...]) -> pl.DataFrame:
    return frame.with_columns(pl.lit(None, frame[name].dtype).alias(name) for name in columns if name in frame.columns)


def _turned(frame: pl.DataFrame, columns: tuple[str, ...]) -> pl.DataFrame:
    return frame.with_columns(pl.col(name).reverse() for name in columns if name in frame.columns)


def _lowest(frame: pl.DataFrame, columns: tuple[str, ...]) -> pl.DataFrame:
    return frame.with_columns(pl.col(name).min() for name in columns if name in frame.columns)


_STAGED_AS = {Treatment.AGE: ("leeftijd_laagst", "leeftijd_hoogst"), Treatment.PC4: ("pc4",)}


def test_the_fields_behind_a_dimension_are_those_that_it_reads(staged: Mapping[str, Pseudonymised]) -> None:
    """Every staged column is changed in turn: what changes with it reads it, and what does not may not name it."""
    before = _made(staged)
    read: dict[str, set[str]] = {one.dimension.name: set() for one in ASKABLE}
    fields = {field for source in SOURCES for field in source.fields} - set(STOCK_FIELDS)
    for field in fields:
        columns = _STAGED_AS.get(field.treatment, (field.name,))
        for change in (_blanked, _turned, _lowest):
            changed = {name: Pseudonymised(change(state.frame, columns), SEAL) for name, state in staged.items()}
            after = _made(changed)
            for name in read.keys() & set(before.columns):
                if not after[name].equals(before[name]):
                    read[name].add(field.name)
    for one in ASKABLE:
        assert {field.name for field in one.fields} == read[one.dimension.name], one.dimension.name


def test_every_answer_names_the_fields_of_everybody() -> None:
    found = fields_of(asked("trede", "beweging"))
    assert found[: len(STOCK_FIELDS)] == STOCK_FIELDS
    assert len(found) == len(set(found))


def test_a_table_that_was_asked_is_as_sensitive_as_the_declared_ones() -> None:
    question = asked("trede", "geslacht", population="pwet_totaal")
    (spec,) = tables_of(replace(STANDAARD, question=question))
    assert [one.name for one in spec.disclosure.sensitive] == ["trede"]
    assert [one.name for one, _ in spec.population] == ["stand", "regeling"]
    assert spec.id not in {table.id for table in TABLES}
    (rounded,) = tables_of(replace(KWARTAAL, question=question))
    assert rounded.disclosure.base == 10
    assert rounded.disclosure.sensitive == spec.disclosure.sensitive


def test_an_asked_table_has_its_english() -> None:
    names = [one.dimension.name for one in ASKABLE if one.is_open]
    for first, second in pairwise(names):
        (spec,) = tables_of(replace(STANDAARD, question=asked(first, second)))
        assert english(spec.title).startswith("Residents by ")
        assert english(spec.question)
    (spec,) = tables_of(replace(STANDAARD, question=asked("geslacht", "leefvorm")))
    assert spec.title == "Inwoners naar Geslacht en naar Leefvorm"
    assert english(spec.title) == "Residents by Sex and by Household"


def test_the_same_cells_have_the_same_table_and_another_title_another_release() -> None:
    first, second = asked("trede"), Question("Anders", "Reden", COUNTS, "alle", ("trede",))
    assert first.table == second.table
    assert first.id != second.id
    assert first.id == Question("Vraag", "Andere reden", COUNTS, "alle", ("trede",)).id


def _allow(question: Question) -> None:
    require_askable(question, SOURCES)


def _nowhere(_: Question) -> str:
    return ""


def test_coarser_questions_come_with_most_cells_first() -> None:
    found = coarser(asked("trede", "leeftijdsklasse", population="pwet_totaal"), _allow)
    assert [(one.population, *one.dimensions) for one in found] == [
        ("alle", "trede", "leeftijdsklasse"),
        ("pwet_totaal", "trede"),
        ("alle", "trede"),
        ("pwet_totaal", "leeftijdsklasse"),
        ("alle", "leeftijdsklasse"),
    ]


def test_a_coarser_question_is_one_that_may_be_asked() -> None:
    found = coarser(asked("productcategorie", "trede", population="wmo_totaal"), _allow)
    assert {(one.population, *one.dimensions) for one in found} == {
        ("wmo_totaal", "productcategorie"),
        ("wmo_totaal", "trede"),
        ("alle", "trede"),
    }
    assert coarser(asked("kans"), _allow) == ()


LONG = "".join(map(chr, range(0x4E00, 0x4E00 + 201)))
"""A name for each of 201 categories."""


def _answered(categories: int, published: int, *, below: int = 0, shows_sums: bool = True) -> Released:
    """A table of which so many categories are published, some of them as below the threshold."""
    names = LONG[:categories]
    spec = spec_of(dimension_of("a", names, names[:2], names[1:3]))
    levels = iter(
        [*(20 if place < published else None for place in range(categories)), *[20 if shows_sums else None] * 3]
    )
    frame = table_of(spec, levels).frame
    place = pl.int_range(pl.len())
    return Released(frame.with_columns(status=pl.when(place < below).then(pl.lit("N")).otherwise("status")), spec)


@pytest.mark.parametrize("shows_sums", [True, False])
@pytest.mark.parametrize(
    ("categories", "published", "share"),
    [(100, 49, 49), (100, 50, 50), (100, 0, 0), (100, 100, 100), (201, 100, 49), (200, 100, 50), (3, 2, 66)],
)
def test_the_share_of_published_cells_is_rounded_down_and_of_categories_only(
    categories: int, published: int, share: int, shows_sums: bool
) -> None:
    table = _answered(categories, published, shows_sums=shows_sums)
    assert published_pct(table) == share
    assert published_pct(_answered(categories, published, below=published // 2, shows_sums=shows_sums)) == share


def test_of_two_dimensions_only_the_cells_inside_count() -> None:
    spec = spec_of(dimension_of("a", "xyz", "xy"), dimension_of("b", "pq", "pq"))
    inside = {("x", "p"), ("y", "q")}
    rows = [
        levels if set(levels) <= set("xyzpq") else None for levels in product(*(one.levels for one in spec.dimensions))
    ]
    shown = table_of(spec, iter([20 if levels is None or levels in inside else None for levels in rows]))
    assert published_pct(shown) == 33


@pytest.mark.parametrize(("published", "is_answered"), [(49, False), (50, True)])
def test_an_answer_of_which_less_than_half_is_left_is_a_refusal(published: int, is_answered: bool) -> None:
    """The coarser question that is named is held to the same."""
    question = asked("trede", "leeftijdsklasse")
    made = SimpleNamespace(protected=SimpleNamespace(released=(_answered(100, published),)))
    whole = SimpleNamespace(protected=SimpleNamespace(released=(_answered(100, 50),)))
    found = answer(question, lambda one: made, _allow, _nowhere)
    assert found == (made if is_answered else Refusal(None))
    by_age = question.of("alle", "leeftijdsklasse")
    found = answer(question, lambda one: whole if one == by_age else made, _allow, _nowhere)
    assert found == (made if is_answered else Refusal(by_age))


def test_what_is_published_already_is_not_tried() -> None:
    question, tried = asked("trede", "leeftijdsklasse"), []
    made = SimpleNamespace(protected=SimpleNamespace(released=(_answered(100, 0),)))

    def ask(one: Question) -> SimpleNamespace:
        tried.append(one)
        return made

    by_age = question.of("alle", "leeftijdsklasse")
    found = answer(question, ask, lambda _: None, lambda one: "T07" if one == by_age else "")
    assert found == Refusal(None, ("T07",))
    assert question in tried
    assert by_age not in tried
    tried.clear()
    with pytest.raises(RequestPublished, match="Table T07 of this peildatum has every count"):
        answer(question, ask, lambda _: None, lambda _: "T07")
    assert not tried


def test_a_table_with_every_count_of_a_question_answers_it() -> None:
    """Blank or not, under whatever title; a table that has only some of them does not."""
    a, b = dimension_of("a", "xyz", "xy"), dimension_of("b", "pq")
    published = [Released(table_of(spec_of(a, b, name="T1"), iter([None] * 15)).frame, spec_of(a, b, name="T1"))]
    assert published_by([spec_of(a)], published) == published_by([spec_of(b, a)], published) == "T1"
    assert published_by([spec_of(dimension_of("a", "xyz", "yz"))], published) == ""
    assert published_by([spec_of(a, dimension_of("c", "uv"))], published) == ""
    assert published_by([spec_of(a, population=((b, "p"),))], published) == "T1"
    assert published_by([spec_of(a)], []) == ""


def test_a_question_has_five_coarser_ones_at_most() -> None:
    for first, second in permutations([one.dimension.name for one in ASKABLE], 2):
        for population in POPULATIONS:
            assert len(coarser(asked(first, second, population=population), lambda _: None)) <= 5


def test_its_lines_are_a_request() -> None:
    question = asked("trede", "geslacht", population="pwet_totaal")
    text = f'[verzoek]\ntitel = "Vraag"\nreden = "Reden"\n{toml_of(question)}'
    assert read_request(text.encode()).question == question
