"""Contracts: every defect of the sample is caught by its rule, limits stop a run, and nothing shows values."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date

import polars as pl
import pytest
from pandera.config import CONFIG

from sample_data.defects import DEFECTS
from schemas.errors import ContractBreach, ContractUnchecked, WrongMunicipality
from schemas.profiles import STANDAARD
from schemas.sources import SOURCES
from schemas.sources.participatieladder import SOURCE
from schemas.specs import SourceSpec
from tests.conftest import PEILDATUM
from transforms.contract import REASONS, Checked, check_contract, enforce_limits
from transforms.delivery import read_delivery
from transforms.parse import parse_columns


def judged(content: bytes, source: SourceSpec = SOURCE, peildatum: date = PEILDATUM) -> Checked:
    frame = parse_columns(read_delivery(content, source), source)
    return check_contract(frame, source, profile=STANDAARD, peildatum=peildatum)


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
    assert +found == documented
    assert one.quarantine.frame.height == sum(documented.values())


def test_every_row_is_valid_or_in_quarantine(checked: tuple[Checked, ...]) -> None:
    for one in checked:
        numbers = [*one.valid.frame["regel_nummer"], *one.quarantine.frame["regel_nummer"]]
        assert sorted(numbers) == list(range(2, one.rows + 2))


def test_a_null_check_is_a_breach_and_reasons_are_complete() -> None:
    one = judged(ladder(GOOD, "0865;;9;32-01-2019;;"))
    assert one.quarantine.frame[REASONS].to_list() == [
        ["bsn:ontbreekt", "meting_datum:onleesbaar", "trede_code:onbekende_code"]
    ]


def test_a_good_repeat_of_a_broken_row_stays() -> None:
    one = judged(ladder(GOOD.replace(";4;", ";8;"), GOOD, GOOD))
    assert one.valid.frame["regel_nummer"].to_list() == [3]
    assert one.quarantine.frame[REASONS].to_list() == [["trede_code:onbekende_code"], ["bsn:dubbel"]]


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
        judged(ladder(GOOD, GOOD.replace("0865", "0757")))


def test_more_breaches_than_the_limit_stop_the_run_without_values() -> None:
    rows = [f"0865;999990019;{trede};01-03-2019;Zoë;geheim" for trede in "779"]
    with pytest.raises(ContractBreach) as caught:
        enforce_limits([judged(ladder(GOOD, *rows))])
    message = str(caught.value)
    assert "participatieladder, trede_code: de code staat in de gesloten lijst (3 rows, 0 allowed)" in message
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
    from transforms.contract import _breaches

    frame = pl.DataFrame({"regel_nummer": [2, 3], "x": [1, None]}, schema_overrides={"regel_nummer": pl.UInt32})
    assert _breaches(frame, [Rule("r", "x", "", pl.col("x") > 0)])["regel_nummer"].to_list() == [3]
