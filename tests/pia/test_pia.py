"""Every measure holds on a good run and sees its own sabotage; the gate refuses what is broken or expired."""

import stat
from dataclasses import replace

import pytest

from pia import sabotage
from pia.assess import assess
from pia.checks.custody import require_private_key
from pia.checks.statement import no_small_quarantine
from pia.dossier import OverTimeFacts, RunFacts, dossier
from pia.dpia import render
from pia.evidence import Evidence, KeyCustody
from pia.measures import MEASURES, Measure, judge
from pia.organisation import ORGANISATIONAL_MEASURES
from pia.question import only_allowed_crossings
from pia.risks import RISKS, Risk
from schemas.errors import KeyStoreError, PiaRefusal
from schemas.sources import SOURCES
from schemas.specs.question import COUNTS
from schemas.tables.question import EVERYBODY
from tests.builders.evidence import TODAY
from tests.builders.requests import FORBIDDEN
from transforms.intake.quality import Missing, missing_values


def test_there_are_measures_for_every_risk_and_every_id_is_unique() -> None:
    everything = [*MEASURES, *ORGANISATIONAL_MEASURES]
    assert len(MEASURES) >= 8
    assert len({one.id for one in everything}) == len(everything)
    assert {risk.id for risk in RISKS} == {one.risk for one in everything}


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
def test_a_measure_holds_on_a_good_run(measure: Measure, evidence: Evidence) -> None:
    finding = measure.check(evidence)
    assert finding.holds, finding.observation


@pytest.mark.sabotage
@pytest.mark.xdist_group("sabotage")  # one worker makes the evidence
@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
def test_a_measure_sees_its_sabotage(measure: Measure, evidence: Evidence) -> None:
    sabotaged = measure.sabotage(evidence)
    finding = measure.check(sabotaged)
    assert not finding.holds, finding.observation
    with pytest.raises(PiaRefusal) as caught:
        assess(judge(sabotaged), TODAY)
    assert measure.id in caught.value.measures


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
def test_what_enforces_a_measure_is_a_function_of_ours(measure: Measure) -> None:
    assert measure.enforced_by.__module__.split(".")[0] in {"transforms", "pia"}


@pytest.mark.parametrize("case", FORBIDDEN)
def test_an_answer_to_what_the_register_forbids_is_seen_too(case: str, evidence: Evidence) -> None:
    question, _ = FORBIDDEN[case]
    assert not only_allowed_crossings(sabotage.answer(evidence, question)).holds
    allowed = replace(question, measure=COUNTS, population=EVERYBODY, dimensions=("trede",))
    assert not only_allowed_crossings(sabotage.answer(evidence, allowed)).holds  # there are sums beside it
    assert only_allowed_crossings(replace(sabotage.answer(evidence, allowed), sums=())).holds


def test_households_that_were_not_delivered_are_said_not_to_be_judged(evidence: Evidence) -> None:
    measure = next(measure for measure in MEASURES if measure.id == "M34")
    assert "niet beoordeeld" not in measure.check(evidence).observation
    assert "niet beoordeeld" in measure.check(replace(evidence, households=(), household_sums=())).observation


def test_a_good_run_passes_the_gate(evidence: Evidence) -> None:
    assess(judge(evidence), TODAY)


def test_an_expired_organisational_measure_refuses_a_good_run(evidence: Evidence) -> None:
    last_day = min(one.valid_until for one in ORGANISATIONAL_MEASURES)
    assess(judge(evidence), last_day)
    with pytest.raises(PiaRefusal) as caught:
        assess(judge(evidence), last_day.replace(year=last_day.year + 1))
    assert "O1" in caught.value.measures


def test_the_dossier_tells_what_the_officer_needs_and_no_values(evidence: Evidence, protected, sample) -> None:
    facts = RunFacts(
        "run",
        (),
        (Missing("zrm", "meting_datum", 200, 24),),
        protected.explanation,
        OverTimeFacts(("een eerdere uitgifte",), 1),
        "kenmerk",
    )
    text = dossier(evidence, judge(evidence), facts)
    assert all(measure.text in text for measure in MEASURES)
    assert "te bevestigen door de privacyfunctionaris" in text
    assert "een eerdere uitgifte" in text
    assert "| zrm | meting_datum | 200 | 24 | 12 % |" in text
    assert "bestandsanalyse approve run" in text
    bsns = {row.split(";")[1] for row in sample["wmo.csv"].decode("cp1252").splitlines()[1:]} - {""}
    assert not any(bsn in text for bsn in bsns)
    broken = judge(MEASURES[0].sabotage(evidence))
    assert "**houdt geen stand**" in dossier(evidence, broken, facts)


@pytest.mark.parametrize(("mode", "inside"), [(0o644, False), (0o660, False), (0o600, True)])
def test_a_key_that_others_reach_is_refused(mode: int, inside: bool) -> None:
    with pytest.raises(KeyStoreError):
        require_private_key(KeyCustody(stat.S_IFREG | mode, inside))


def test_risk_levels_follow_the_matrix_of_the_model() -> None:
    assert Risk("x", "", kans="laag", impact="hoog").level == "laag"
    assert Risk("x", "", kans="midden", impact="hoog").level == "hoog"
    assert Risk("x", "", kans="midden", impact="midden").level == "midden"


def test_an_unknown_marker_in_the_dpia_is_refused() -> None:
    with pytest.raises(KeyError):
        render("<!-- begin: onzin -->\n<!-- eind: onzin -->")


def test_the_register_sees_a_field_without_retention(evidence: Evidence) -> None:
    from pia.register import unregistered_fields

    source = SOURCES[0]
    column = replace(source.columns[0], field=replace(source.columns[0].field, retention_months=0))
    assert len(unregistered_fields((replace(source, columns=(column,)),))) == 1


def test_empty_fields_are_counted_as_delivered(checked, sample) -> None:
    found = {(one.source, one.field): one for one in missing_values(checked)}
    assert ("participatiewet", "opmerkingen") not in found  # dropped
    assert ("participatiewet", "leefvorm_code") not in found  # required
    valid = {one.source.id: one.valid.frame.height for one in checked}
    contact = found["participatiewet", "laatste_contact_datum"]
    header, *lines = (line.split(";") for line in sample["participatiewet.csv"].decode("cp1252").splitlines())
    empty = sum(not line[header.index("DatumLaatsteContact")] for line in lines)
    assert contact.rows == valid["participatiewet"]
    assert 0 < contact.missing <= empty <= contact.missing + len(lines) - contact.rows


@pytest.mark.parametrize(
    ("rows", "quarantined", "said", "is_safe"),
    [
        (400, 3, "ten hoogste 5 %", True), (400, 0, "ten hoogste 5 %", True), (400, 21, "ten hoogste 10 %", True),
        # Five per cent of 100 are fewer than ten; ten per cent are not, and that the five do not hold says nothing.
        (100, 3, "ten hoogste 5 %", False), (100, 3, "ten hoogste 10 %", True),
        (400, 21, "ten hoogste 5 %", False), (400, 3, "ten hoogste 10 %", False), (400, 3, "ten hoogste 1 %", False),
        (400, 3, "3", False), (400, 3, "ten hoogste 5 % (3)", False), (400, 3, "", False),
        (9, 3, "niet gepubliceerd: te kleine levering", True), (10, 3, "niet gepubliceerd: te kleine levering", False),
        (400, 3, "niet gepubliceerd: te kleine levering", False),
    ],
)  # fmt: skip
def test_a_statement_of_quality_tells_a_safe_class_only(
    evidence: Evidence, rows: int, quarantined: int, said: str, is_safe: bool
) -> None:
    source = evidence.sources[0]
    one = replace(evidence.delivered[0], source=source.id, lines=rows, quarantined=quarantined)
    text = f"# Kwaliteit\n\n| levering | rijen |\n| --- | --- |\n| {source.title} | {said} |\n\n| ander | 3 |\n"
    told = replace(evidence, delivered=(one,), files={"DEMO_kwaliteitsverklaring.md": text.encode()})
    assert no_small_quarantine(told).holds == is_safe
    assert not no_small_quarantine(replace(told, files={})).holds
