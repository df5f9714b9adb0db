"""Contracts: every defect of the sample is caught by its rule, limits stop a run, and nothing shows values."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date

import polars as pl
import pytest
from pandera.config import CONFIG

from sample_data.defects import DEFECTS, EXCLUDED
from schemas.errors import ContractBreach, ContractUnchecked, WrongMunicipality
from schemas.profiles import STANDAARD
from schemas.sources import SOURCES
from schemas.sources.participatieladder import SOURCE
from schemas.specs import SourceSpec
from tests.builders.sample import PEILDATUM
from transforms.intake.contract import REASONS, Checked, check_contract, enforce_limits, months_behind
from transforms.intake.delivery import read_delivery


def judged(content: bytes, source: SourceSpec = SOURCE, peildatum: date = PEILDATUM) -> Checked:
    return check_contract(read_delivery(content, source), source, profile=STANDAARD, peildatum=peildatum)


def ladder(*rows: str) -> bytes:
    return "\r\n".join([";".join(SOURCE.headers), *rows, ""]).encode("cp1252")


GOOD = "0865;999990019;4;01-03-2019;;"


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_the_rules_find_exactly_the_documented_defects(source: SourceSpec, checked: tuple[Checked, ...]) -> None:
    documented: Counter[str] = Counter()
    for defect in DEFECTS:
        if defect.file_name == source.file_name and defect.rule is not None:
            documented[defect.rule] += defect.rows
    found: Counter[str] = Counter()
    one = next(one for one in checked if one.source is source)
    for count in one.counts:
        found[count.rule] += count.rows
    excluded = documented.pop(EXCLUDED, 0)
    assert +found == documented
    assert one.quarantine.frame.height == sum(documented.values())
    assert one.excluded == excluded


def test_every_row_is_valid_in_quarantine_or_excluded(checked: tuple[Checked, ...]) -> None:
    for one in checked:
        numbers = [*one.valid.frame["regel_nummer"], *one.quarantine.frame["regel_nummer"]]
        assert len(numbers) == len(set(numbers)) == one.rows - one.excluded
        assert set(numbers) <= set(range(2, one.rows + 2))


def test_the_quarantine_holds_no_field(checked: tuple[Checked, ...]) -> None:
    for one in checked:
        assert one.quarantine.frame.columns == ["regel_nummer", "cellen", "betrokkenen", REASONS]


def test_a_null_check_is_a_breach_and_reasons_are_complete() -> None:
    one = judged(ladder(GOOD, "0865;;9;32-01-2019;;"))
    assert one.quarantine.frame[REASONS].to_list() == [
        ["bsn:ontbreekt", "meting_datum:onleesbaar", "trede_code:onbekende_code"]
    ]


def test_a_good_repeat_of_a_broken_row_stays() -> None:
    one = judged(ladder(GOOD.replace(";4;", ";8;"), GOOD, GOOD))
    assert one.valid.frame["regel_nummer"].to_list() == [3]
    assert one.quarantine.frame[REASONS].to_list() == [["trede_code:onbekende_code"], ["rij:dubbel"]]


def test_zero_is_no_bsn() -> None:
    assert judged(ladder(GOOD.replace("999990019", "000000000"))).valid.frame.is_empty()


def test_helvoirt_is_in_vught_from_2021(sample: Mapping[str, bytes]) -> None:
    source = next(source for source in SOURCES if source.id == "wmo")
    content = sample[source.file_name].replace(b"5266", b"5268")
    before, after = (judged(content, source, day) for day in (date(2020, 12, 31), date(2021, 1, 1)))

    def outside(one: Checked) -> int:
        return next(count.rows for count in one.counts if count.rule == "buiten_gemeente")

    assert outside(before) > outside(after)


def test_another_municipality_is_refused() -> None:
    with pytest.raises(WrongMunicipality):
        judged(ladder(GOOD, *[GOOD.replace("0865;999990019;4", f"0757;999990019;{trede}") for trede in "12"]))


def test_a_row_of_another_municipality_is_quarantined_and_a_lost_zero_is_not() -> None:
    one = judged(ladder(GOOD, GOOD.replace("0865", "865").replace("03-2019", "04-2019"), GOOD.replace("0865", "0757")))
    assert one.valid.frame["regel_nummer"].to_list() == [2, 3]
    assert one.quarantine.frame[REASONS].to_list() == [["gemeente_code:andere_gemeente"]]


CLAIM = "0865;999990019;19020000;07;01-05-2019;31-05-2019;8;16;320,00;D"
PRODUCT = "0865;999990019;;;Test;2;01-07-1950;;;5261 AB;19030000;07;01-02-2018;31-12-2022;4;16;2;40,00;ZIN;"
BENEFIT = "0865;999990019;;;Test;1;06-03-1972;;;5262 AB;03;D1;PW;12-10-2015;;1174,87;J;00;N;18-05-2019;"


def kept(name: str, *rows: str, left_out: int = 0) -> tuple[list[int], list[int], int]:
    """Lines that hold, lines in quarantine as contradictions, and how many rows are excluded."""
    source = next(source for source in SOURCES if source.id == name)
    headers = source.headers[: len(source.headers) - left_out]
    one = judged("\n".join([";".join(headers), *rows]).encode(), source)
    assert {reason for reasons in one.quarantine.frame[REASONS] for reason in reasons} <= {"rij:tegenstrijdig"}
    return one.valid.frame["regel_nummer"].to_list(), one.quarantine.frame["regel_nummer"].to_list(), one.excluded


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # A debit, its credit, and the debit that takes its place: none is a repeat.
        ((CLAIM, CLAIM.replace(";D", ";C"), CLAIM.replace("320,00", "240,00")), ([2, 3, 4], [], 0)),
        # Two products on one toewijzing in a month.
        ((CLAIM, CLAIM.replace("320,00", "120,00")), ([2, 3], [], 0)),
    ],
)
def test_claims_without_a_reference_are_apart_unless_wholly_equal(
    rows: tuple[str, ...], expected: tuple[list[int], list[int], int]
) -> None:
    assert kept("declaraties", *rows, left_out=2) == expected


def test_one_reference_is_one_claim() -> None:
    other = CLAIM.replace("320,00", "240,00")
    assert kept("declaraties", f"{CLAIM};P1;", f"{CLAIM};P2;") == ([2, 3], [], 0)
    assert kept("declaraties", f"{CLAIM};P1;", f"{other};P1;") == ([], [2, 3], 0)


def test_a_credit_with_a_number_names_its_debit() -> None:
    source = next(source for source in SOURCES if source.id == "declaraties")
    credit = CLAIM.replace(";D", ";C")
    content = "\n".join([";".join(source.headers), f"{CLAIM};P1;", f"{credit};P2;P1", f"{credit};P3;"]).encode()
    assert judged(content, source).quarantine.frame["regel_nummer"].to_list() == [4]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("01-02-2018;09:30:00", "28-03-2019;09:30:00", ([3], [], 1)),
        ("28-03-2019;09:30:00", "01-02-2018;09:30:00", ([2], [], 1)),
        ("28-03-2019;09:30:00", "28-03-2019;10:00:00", ([3], [], 1)),
        ("28-03-2019;10:00:00", "28-03-2019;10:00:00", ([], [2, 3], 0)),  # no order between the two
        ("28-03-2019;10:00:00", ";", ([], [2, 3], 0)),
    ],
)
def test_the_latest_version_of_a_toewijzing_holds_wherever_it_stands(
    first: str, second: str, expected: tuple[list[int], list[int], int]
) -> None:
    # Another volume is read by nobody; another category is another version.
    assert kept("wmo", f"{PRODUCT};{first}", f"{PRODUCT.replace(';07;', ';08;')};{second}") == expected


def test_a_toewijzing_of_two_persons_contradicts_itself() -> None:
    other = PRODUCT.replace("999990019", "999909459")
    assert kept("wmo", f"{PRODUCT};01-02-2018;09:30:00", f"{other};28-03-2019;09:30:00") == ([], [2, 3], 0)


def test_a_closed_row_holds_over_the_open_one() -> None:
    closed = BENEFIT.replace("2015;;", "2015;31-03-2019;")
    assert kept("participatiewet", closed, BENEFIT) == ([2], [], 1)
    assert kept("participatiewet", BENEFIT, closed.replace(";03;", ";01;")) == ([], [2, 3], 0)
    other_file = BENEFIT.replace(";D1;", ";D2;")
    assert kept("participatiewet", closed, other_file) == ([2], [], 1)
    withdrawn = PRODUCT.replace("31-12-2022", "31-03-2019")
    assert kept("wmo", PRODUCT, withdrawn, left_out=2) == ([3], [], 1)


@pytest.mark.parametrize(
    ("begin", "rule"),
    [("01-01-1899", "onwaarschijnlijk"), ("01-01-1971", "voor_geboorte"), ("01-01-9999", "onwaarschijnlijk")],
)
def test_an_unlikely_date_is_quarantined(begin: str, rule: str) -> None:
    source = next(source for source in SOURCES if source.id == "participatiewet")
    content = "\n".join([";".join(source.headers), BENEFIT, BENEFIT.replace("12-10-2015", begin)]).encode()
    (reasons,) = judged(content, source).quarantine.frame[REASONS].to_list()
    assert f"ingangs_datum:{rule}" in reasons


def test_the_last_day_of_the_calendar_is_no_end() -> None:
    source = next(source for source in SOURCES if source.id == "participatiewet")
    content = "\n".join([";".join(source.headers), BENEFIT.replace("2015;;", "2015;31-12-9999;")]).encode()
    assert judged(content, source).valid.frame["eind_datum"].to_list() == [None]


def test_only_dates_up_to_the_peildatum_make_a_delivery_recent() -> None:
    source = next(source for source in SOURCES if source.id == "wmo")
    content = "\n".join([";".join(source.headers[:-2]), PRODUCT]).encode()
    assert months_behind(judged(content, source), peildatum=PEILDATUM) == 17


def test_more_breaches_than_the_limit_stop_the_run_without_values() -> None:
    rows = [f"0865;999990019;{trede};01-03-2019;Zoë;geheim" for trede in "779"]
    with pytest.raises(ContractBreach) as caught:
        enforce_limits([judged(ladder(GOOD, *rows))])
    message = str(caught.value)
    assert "participatieladder, Trede: de code staat in de gesloten lijst (3 rows, 0 allowed)" in message
    assert not any(value in message for value in ("999990019", "Zoë", "geheim"))
    assert caught.value.__context__ is None


def test_pandera_switched_off_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CONFIG, "validation_enabled", False)
    with pytest.raises(ContractUnchecked):
        judged(ladder(GOOD))


def test_states_show_no_data(checked: tuple[Checked, ...]) -> None:
    assert repr(checked[0].valid) == f"<Identified {checked[0].valid.frame.height} x {checked[0].valid.frame.width}>"
    assert not re.search("9999[0-9]{5}", repr(checked))


def test_an_expression_that_yields_null_never_passes() -> None:
    from schemas.specs import Rule
    from transforms.intake.contract import _breaches

    frame = pl.DataFrame({"regel_nummer": [2, 3], "x": [1, None]}, schema_overrides={"regel_nummer": pl.UInt32})
    assert _breaches(frame, [Rule(id="r", column="x", text="", valid=pl.col("x") > 0)])["regel_nummer"].to_list() == [3]
