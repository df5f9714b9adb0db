"""Another municipality than Vught: its own work folder, postcodes and release."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from flows.commands.cli import main
from flows.pipeline import steps
from flows.release.proof import prove, read_manifest
from flows.workfolder.home import Home, read_run
from flows.workfolder.municipality import parse_municipality, pin, profile_for
from sample_data.generate import deliveries
from schemas.errors import BestandsanalyseError, MunicipalityPinned, MunicipalityUnusable, UnknownProfile
from schemas.municipalities import WSD, find_municipality
from schemas.profiles import STANDAARD
from schemas.specs.area import Postcode4
from tests.builders.content import costed_content
from transforms.language.language import LANGUAGES
from transforms.report.report import report_html
from transforms.report.story import story

# Postcodes of no place: numbers below 1011 hold post boxes only.
BOXTEL = b'gemeente_code = "0757"\ngemeente = "Boxtel"\npostcodes = ["1001", "1002"]\n'


@pytest.fixture
def boxtel(tmp_path: Path) -> Path:
    path = tmp_path / "boxtel.toml"
    path.write_bytes(BOXTEL)
    return path


def test_a_work_folder_without_a_declaration_is_of_vught(home: Home) -> None:
    assert profile_for(home, "kwartaal").gemeente_code == "0865"


def test_a_declaration_holds_for_every_profile_but_a_part_of_vught(home: Home, boxtel: Path) -> None:
    pin(home, boxtel)
    told = profile_for(home, "kwartaal")
    assert (told.gemeente, told.gemeente_code, told.pc4_on(date(2019, 7, 1))) == ("Boxtel", "0757", ("1001", "1002"))
    assert told.method == profile_for(home, "kwartaal").method
    with pytest.raises(UnknownProfile):
        profile_for(home, "deel")


def test_a_postcode_may_have_come_later() -> None:
    told = parse_municipality(BOXTEL + b'[sinds]\n"1002" = 2021-01-01\n', STANDAARD)
    assert told.postcodes[1] == Postcode4("1002", date(2021, 1, 1))
    assert told.pc4_on(date(2020, 12, 31)) == ("1001",)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"geheim", "is no TOML"),
        (b"\xff", "is not in UTF-8"),
        (BOXTEL + b'inwoner = "geheim"', "another key"),
        (BOXTEL.replace(b'"0757"', b"757"), "no gemeente_code of four digits"),
        (BOXTEL.replace(b"Boxtel", b"../geheim"), "no gemeente with a name"),
        (BOXTEL.replace(b"Boxtel", b"Vught"), "name and a code of two"),
        (BOXTEL.replace(b'"1001"', b'"0865"'), "no postcodes of four digits"),
        (BOXTEL.replace(b'["1001", "1002"]', b"[]"), "no postcodes of four digits"),
        (BOXTEL + b'[sinds]\n"1003" = 2021-01-01\n', "[sinds]"),
        (BOXTEL + b'[sinds]\n"1002" = "geheim"\n', "[sinds]"),
    ],
)
def test_a_declaration_that_is_not_one_is_refused_without_its_words(content: bytes, problem: str) -> None:
    with pytest.raises(MunicipalityUnusable) as caught:
        parse_municipality(content, STANDAARD)
    assert problem in str(caught.value)
    assert "geheim" not in str(caught.value)


def test_a_work_folder_stays_of_its_municipality(home: Home, boxtel: Path, tmp_path: Path) -> None:
    pin(home, boxtel)
    pin(home, boxtel)
    other = tmp_path / "oirschot.toml"
    other.write_bytes(BOXTEL.replace(b"0757", b"0823").replace(b"Boxtel", b"Oirschot"))
    with pytest.raises(MunicipalityPinned):
        pin(home, other)
    used = Home(tmp_path / "gebruikt").make()
    (used.root / "runs" / "een-run").mkdir()
    with pytest.raises(MunicipalityPinned):
        pin(used, boxtel)


def test_the_command_says_whose_folder_it_is(home: Home, boxtel: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["municipality", str(boxtel)])
    assert capsys.readouterr().out == "This work folder is of Boxtel (0757), with 2 postcodes.\n"
    with pytest.raises(SystemExit) as stopped:
        main(["municipality", "nergens.toml"])
    assert stopped.value.word == "municipality-unusable"


def test_names_and_codes_of_wsd_are_one_to_one() -> None:
    assert len({one.code for one in WSD}) == len({one.name for one in WSD}) == 10
    assert find_municipality("boxtel") == find_municipality("0757")
    assert find_municipality("Tilburg") is None


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_report_on_another_municipality_says_nothing_of_vught(code: str) -> None:
    """Neither its own figures, nor what its evaluation report printed, nor scenarios with its assumptions."""
    own = report_html(story(costed_content(STANDAARD), code)).decode()
    other = report_html(story(costed_content(parse_municipality(BOXTEL, STANDAARD)), code)).decode()
    assert "Vught" in own
    assert 'id="scenarios"' in own
    assert "Boxtel" in other
    assert "Vught" not in other
    assert 'id="scenarios"' not in other
    assert 'id="K01"' in other


def test_another_municipality_runs_and_its_release_verifies(
    home: Home, boxtel: Path, officer: Path, inbox: Path, run_flow
) -> None:
    pin(home, boxtel)
    with pytest.raises(BestandsanalyseError, match="another municipality"):
        run_flow(profile="kwartaal")
    profile = profile_for(home, "kwartaal")
    for name, content in deliveries(profile=profile).items():
        (inbox / name).write_bytes(content)
    outcome = run_flow(profile="kwartaal")
    assert "Gemeentecode 0757; postcodes van de gemeente op de peildatum: 1001, 1002." in outcome.dossier.read_text()
    run = read_run(home, outcome.run_id)
    steps.approve(run, officer)
    release = steps.publish(run)
    assert release.name.startswith("bestandsanalyse-boxtel-2019-07-01-")
    manifest = read_manifest(release)
    assert (manifest["gemeente"], manifest["gemeente_code"]) == ("Boxtel", "0757")
    assert manifest["postcodes"] == {"1001": "1900-01-01", "1002": "1900-01-01"}
    assert manifest["key"]["id"] == "bestandsanalyse/0757/2019/1"
    proof = prove(release)
    assert proof.is_redrawn
    assert proof.content.profile == replace(profile, id="kwartaal")
    report = (release / "rapport_nl.html").read_text()
    assert "430 inwoners van Boxtel" in report
    assert "Vught" not in report
