"""Another municipality with only Participatiewet and WMO: from its declaration to a release that verifies."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from flows.pipeline import steps
from flows.pipeline.question import read_question
from flows.release.proof import prove, read_manifest, signed_profile
from flows.runs.check import check_folder
from flows.runs.quarantine import quarantined_rows
from flows.workfolder.home import Home, read_run
from flows.workfolder.municipality import parse_municipality, pin, profile_for
from sample_data.generate import deliveries
from schemas.control import CONTROL_FILE
from schemas.errors import (
    DeliveryMissing,
    DeliveryUndeclared,
    MunicipalityPinned,
    MunicipalityUnusable,
    RequestNotAllowed,
    VerificationFailed,
)
from schemas.profiles import KWARTAAL, STANDAARD
from schemas.sources import REQUIRED, SOURCES
from schemas.specs import Profile
from schemas.tables import tables_of
from schemas.tables.sums import AMOUNTS, NOT_DELIVERED, amounts_for, sums_for, sums_of
from tests.builders.requests import request_toml
from tests.builders.sample import PEILDATUM

OIRSCHOT = b'gemeente_code = "0823"\ngemeente = "Oirschot"\npostcodes = ["1003", "1004"]\n'
TWO = OIRSCHOT + b'leveringen = ["participatiewet", "wmo"]\n'
OPTIONAL = sorted({source.id for source in SOURCES} - {*REQUIRED})


@pytest.fixture
def profile(home: Home, tmp_path: Path) -> Profile:
    """The standard profile of a municipality with two deliveries, which lie in the inbox."""
    (tmp_path / "oirschot.toml").write_bytes(TWO)
    pin(home, tmp_path / "oirschot.toml")
    profile = profile_for(home, STANDAARD.id)
    for name, content in deliveries(profile=profile).items():
        if name in {"participatiewet.csv", "wmo.csv"}:
            (home.inbox / name).write_bytes(content)
    return profile


def test_it_runs_from_the_inbox_to_a_release_that_verifies_and_says_what_it_lacks(
    profile: Profile, home: Home, officer: Path, run_flow: Callable[..., Any]
) -> None:
    outcome = run_flow(deliveries=None)
    run = read_run(home, outcome.run_id)
    assert run.absent == profile.absent == tuple(OPTIONAL)
    assert {row[0] for row in quarantined_rows(home, run.run_id)} <= {"participatiewet.csv", "wmo.csv"}
    dossier = outcome.dossier.read_text()
    assert "**Niet geleverd**, volgens `gemeente.toml`: Re-integratievoorzieningen (`trajecten`);" in dossier
    assert "Daarom zijn er geen tabellen T03, T06," in dossier
    assert "| zrm |" not in dossier
    steps.approve(run, officer)
    release = steps.publish(run)
    assert "1003" in (release / "manifest.json").read_text()
    proof = prove(release)
    assert proof.is_redrawn
    assert proof.content.profile == profile
    manifest = read_manifest(release)
    assert {one["source"] for one in manifest["deliveries"]} == {*REQUIRED}
    assert manifest["sums"]["withheld"] == {amount.id: NOT_DELIVERED for amount in AMOUNTS}
    assert set(manifest["tables"]) == {table.id for table in tables_of(profile)} >= {"T01", "T02"}
    assert "De gemeente levert voor deze analyse niet: Re-integratie" in (release / "rapport_nl.html").read_text()
    assert "Uitkeringen Participatiewet; Toewijzingen WMO. Een programma" in (release / "rapport_nl.html").read_text()
    assert "Trede" not in (release / "rapport_nl.html").read_text()
    assert "does not deliver for this analysis: Reintegration" in (release / "report_en.html").read_text()
    assert "De gemeente levert niet: Re-int" in (release / "kwaliteitsverklaring.md").read_text()
    assert "zrm.csv" not in (release / "methode.md").read_text()


def test_the_archive_of_such_a_run_is_read_again_as_it_was_delivered(
    profile: Profile, home: Home, tmp_path: Path, run_flow: Callable[..., Any]
) -> None:
    """Although the municipality has since declared that it delivers more, which a waiting run never had."""
    first = read_run(home, run_flow(deliveries=None, profile="kwartaal").run_id)
    (tmp_path / "oirschot.toml").write_bytes(OIRSCHOT)
    pin(home, tmp_path / "oirschot.toml")
    assert profile_for(home, STANDAARD.id).absent == ()
    again = read_run(home, run_flow(deliveries=None, profile="kwartaal", archived=first.run_id).run_id)
    assert again.absent == first.absent == profile.absent
    of_both = [json.loads((run.pending / "manifest.json").read_bytes())["absent"] for run in (first, again)]
    assert of_both == [OPTIONAL, OPTIONAL]
    for name in ("participatiewet.csv", "wmo.csv"):
        (home.inbox / name).write_bytes(deliveries(profile=profile)[name])
    with pytest.raises(DeliveryMissing):
        run_flow(deliveries=None, profile="kwartaal")


@pytest.mark.parametrize("what", ["file", "statement"])
def test_what_is_declared_not_to_be_delivered_is_refused_when_it_comes(
    what: str, profile: Profile, home: Home, run_flow: Callable[..., Any]
) -> None:
    if what == "file":
        (home.inbox / "zrm.csv").write_bytes(deliveries(profile=profile)["zrm.csv"])
    else:
        (home.inbox / CONTROL_FILE).write_text("[zrm]\nregels = 0\n")
    folder = check_folder(home.inbox, profile=profile, peildatum=PEILDATUM)
    assert [problem.rule for file in folder.files for problem in file.problems if problem.stops] == [
        DeliveryUndeclared("zrm").code
    ]
    with pytest.raises(DeliveryUndeclared, match="zrm"):
        run_flow(deliveries=home.inbox)


def test_check_asks_for_nothing_that_is_not_delivered(profile: Profile, home: Home) -> None:
    folder = check_folder(home.inbox, profile=profile, peildatum=PEILDATUM)
    assert folder.stopping == 0
    assert {file.kind for file in folder.files} == {*REQUIRED}
    assert check_folder(home.inbox, profile=STANDAARD, peildatum=PEILDATUM).stopping > 0


def test_nothing_may_be_asked_of_what_is_not_delivered(profile: Profile, tmp_path: Path) -> None:
    path = tmp_path / "verzoek.toml"
    path.write_bytes(request_toml(dimensies='["trede", "regeling"]'))
    assert read_question(path, PEILDATUM, STANDAARD).dimensions == ("trede", "regeling")
    with pytest.raises(RequestNotAllowed, match="niet geleverd: trede_code"):
        read_question(path, PEILDATUM, profile)


@pytest.mark.parametrize(
    ("leveringen", "problem"),
    [
        ('"wmo"', "are no list of"),
        ('["participatiewet", "wmo", "geheim"]', "as number 3 none of"),
        ('["participatiewet", "wmo", 3]', "as number 3 none of"),
        ('["participatiewet", "zrm"]', "without participatiewet and wmo"),
        ("[]", "without participatiewet and wmo"),
    ],
)
def test_a_declaration_of_deliveries_that_is_not_one_is_refused(leveringen: str, problem: str) -> None:
    with pytest.raises(MunicipalityUnusable, match=problem) as caught:
        parse_municipality(OIRSCHOT + f"leveringen = {leveringen}\n".encode(), STANDAARD)
    assert "geheim" not in str(caught.value)


def test_only_what_is_delivered_may_be_declared_anew(profile: Profile, home: Home, tmp_path: Path) -> None:
    path = tmp_path / "oirschot.toml"
    path.write_bytes(TWO.replace(b'"wmo"', b'"wmo", "zrm"'))
    pin(home, path)
    assert profile_for(home, STANDAARD.id) == replace(profile, absent=tuple(one for one in OPTIONAL if one != "zrm"))
    path.write_bytes(TWO.replace(b'"1003"', b'"1005"'))
    with pytest.raises(MunicipalityPinned):
        pin(home, path)


@pytest.mark.parametrize("profile", [STANDAARD, KWARTAAL], ids=lambda profile: profile.id)
def test_whatever_is_not_delivered_an_amount_has_all_its_tables_or_none(profile: Profile) -> None:
    """And every table of persons behind a sum is there."""
    for number in range(len(OPTIONAL) + 1):
        for absent in combinations(OPTIONAL, number):
            without = replace(profile, absent=absent)
            amounts, tables = amounts_for(without), tables_of(without)
            assert {*sums_for(without)} == {spec for amount in amounts for spec in sums_of(amount)}
            # Rounded tables go without the breakdowns, and without sums beside them.
            counted = {spec.counted.id for spec in sums_for(without)}
            assert profile.method is not None or counted <= {table.id for table in tables}
            assert "T01" in {table.id for table in tables}


def test_a_manifest_that_contradicts_itself_about_a_delivery_is_refused(finished: Any, tmp_path: Path) -> None:
    manifest = json.loads((finished.pending / "manifest.json").read_bytes())
    lies = ((["zrm"], "either that it was made or was not"), (["geheim"], "other sources"))
    for absent, problem in lies:
        folder = tmp_path / absent[0]
        folder.mkdir()
        for path in finished.pending.iterdir():
            (folder / path.name).write_bytes(path.read_bytes())
        (folder / "manifest.json").write_text(json.dumps({**manifest, "absent": absent}))
        with pytest.raises(VerificationFailed) as caught:
            prove(folder)
        assert problem in str(caught.value)
        assert signed_profile({**manifest, "absent": absent}).absent == tuple(absent)


LIES: dict[str, dict[str, Any]] = {
    "no reason": {"withheld": {}, "tables": {}},
    "a reason beside the tables": {"withheld": {"wmo": "onveilig"}},
    "not delivered": {"withheld": {"wmo": "niet_geleverd", "traject": "onveilig"}, "tables": {}},
    "rounded, of exact counts": {"withheld": {"wmo": "afgerond", "traject": "afgerond"}, "tables": {}},
    "one of both earlier": {"withheld": {"wmo": "eerder", "traject": "onveilig"}, "tables": {}},
}


@pytest.mark.parametrize("case", LIES)
def test_a_manifest_that_lies_about_amounts_is_refused(case: str, finished: Any, tmp_path: Path) -> None:
    manifest = json.loads((finished.pending / "manifest.json").read_bytes())
    manifest["sums"] |= LIES[case]
    folder = tmp_path / "uitgifte"
    shutil.copytree(finished.pending, folder)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(VerificationFailed, match="rules for sums"):
        prove(folder)
