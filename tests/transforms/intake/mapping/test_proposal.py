"""A proposed mapping: from headers and shapes, without a value of the example."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from flows.commands.tools.map import map_examples
from sample_data.supplier import supplier_files
from schemas.errors import ExamplesUnknown, FolderUnusable
from schemas.sources import SOURCES
from tests.canary.planted import CANARIES, plant
from transforms.intake.mapping.declaration import parse_mappings
from transforms.intake.mapping.propose import Proposal, propose
from transforms.intake.mapping.toml import toml_of

OURS = {source.file_name for source in SOURCES}


def test_a_proposal_is_a_mapping_that_fits_its_example(sample: Mapping[str, bytes]) -> None:
    for name, content in supplier_files(sample).items():
        (proposal,) = propose(content, gemeente_code="0865")
        assert not proposal.missing
        (mapping,) = parse_mappings(tomllib.loads(toml_of([proposal])))
        assert (mapping.source.id in name) or name not in OURS
        (again,) = propose(
            content.decode("utf-8-sig" if name not in OURS else "cp1252").encode("cp1252"), gemeente_code=""
        )
        assert again.columns == proposal.columns


def test_what_is_ours_already_needs_no_form_and_no_word(sample: Mapping[str, bytes]) -> None:
    for source in SOURCES:
        (proposal,) = propose(sample[source.file_name], gemeente_code="0865")
        assert proposal.source is source
        assert (dict(proposal.forms), dict(proposal.codes), dict(proposal.fixed)) == ({}, {}, {})


def test_no_value_of_an_example_is_written(sample: Mapping[str, bytes], tmp_path: Path) -> None:
    plant(sample, tmp_path / "ours")
    planted = {path.name: path.read_bytes() for path in (tmp_path / "ours").iterdir()}
    for name, content in supplier_files(planted).items():
        (tmp_path / name).write_bytes(content)
    out = tmp_path / "omzetting.toml"
    map_examples(*sorted(tmp_path.glob("*.csv")), out=out)
    written = out.read_text()
    assert not any(canary in written for canary in CANARIES)
    assert not any(f'"{bsn}"' in written for bsn in ("999990019", "0865;"))
    with pytest.raises(FolderUnusable):
        map_examples(*sorted(tmp_path.glob("*.csv")), out=out)


def test_what_is_missing_is_said_and_what_is_unknown_refused(tmp_path: Path) -> None:
    (tmp_path / "deel.csv").write_text(
        "bsn;m/v;geb.datum;leefvorm;regeling;ingangsdatum\n999990019;M;1-1-1960;Paar;x;1-1-2019\n"
    )
    (tmp_path / "iets.csv").write_text("kolom;nog een\n1;2\n")
    with pytest.raises(ExamplesUnknown, match="Example 2"):
        map_examples(tmp_path / "deel.csv", tmp_path / "iets.csv", out=tmp_path / "uit.toml")
    assert not (tmp_path / "uit.toml").exists()
    map_examples(tmp_path / "deel.csv", out=tmp_path / "uit.toml")
    written = (tmp_path / "uit.toml").read_text()
    assert "# Nog te vullen, met een kolom of een vaste waarde: Postcode" in written
    assert "# Zonder code: 1 woord(en) van het bestand" in written


def _proposed(content: str) -> Proposal:
    (proposal,) = propose(content.encode(), gemeente_code="0865")
    return proposal


def test_dates_of_a_file_are_written_alike() -> None:
    head = "bsn;trede;datum;toelichting\n"
    american = _proposed(head + "999990019;1;12/1/2017;\n999990019;1;2/13/2017;\n")
    assert american.forms == {"DatumMeting": ["m/d/jjjj"]}
    trajectory = _proposed(
        "bsn;codetype;datumstart;datumeinde\n999990019;LKS;12/1/2017;1/31/2018\n999990019;LKS;10/1/2017;\n"
    )
    assert trajectory.forms == {"DatumStart": ["m/d/jjjj"], "DatumEinde": ["m/d/jjjj"]}
    unsure = _proposed(head + "999990019;1;5/1/2017;\n999990019;1;6/1/2017;\n")
    assert len(unsure.doubts) == 1
    assert "# Elke datum kan ook met de maand beginnen" in toml_of([unsure])
    assert not american.doubts
    both = _proposed(head + "999990019;1;05-01-2017;\n999990019;1;13-01-2017;\n999990019;1;01-13-2017;\n")
    assert list(both.doubts) == ["DatumMeting: op 1 rij(en) staat de maand vooraan, op andere de dag: welke is het?"]
    dashes = _proposed(head + "999990019;1;05-01-2017;\n999990019;1;12-13-2017;\n")
    assert (dashes.forms, list(dashes.doubts)) == ({"DatumMeting": ["m/d/jjjj"]}, [])
    assert not _proposed(head + "999990019;1;01-02-2019 t/m 05-06-2019;\n").forms


def test_what_could_be_otherwise_is_said() -> None:
    two = _proposed("bsn;trede;datum;meetdatum\n999990019;1;01-02-2017;01-03-2017\n")
    assert dict(two.rivals) == {"DatumMeting": [4]}
    assert "# DatumMeting: ook kolom 4 kan het zijn" in toml_of([two])
    shares = _proposed(
        "bsn;codetype;datumstart;loonwaarde\n999990019;LKS;01-02-2017;0,45\n999990019;LKS;01-02-2017;1\n"
    )
    assert shares.forms == {"PercentageLoonwaardeWML": ["fractie"]}
    somebody = _proposed("naam;bsn;trede;datum\nSomers;999990019;p2;01-02-2017\n")
    assert list(somebody.totals) == []
    lower = _proposed("bsn;codetype;datumstart\n999990019;lks;01-02-2017\n")
    assert lower.codes["CodeType"]["lks"] == "LKS"


def test_a_long_ladder_is_not_taken_for_a_wide_one() -> None:
    for header in ("bsn;trede;datum;;", "bsn;trede;datum trede;advies;datum advies"):
        proposal = _proposed(f"{header}\n999990019;2;01-02-2017;3;01-03-2017\n")
        assert not proposal.wide.rows


def test_what_a_header_cannot_settle_is_asked() -> None:
    """Euros or eurocents, shares that are not all shares, a beginning that stands for several words, and 'tot'."""
    head = "bsn;productcategorie;begindatum;einddatum;bedrag;dc\n"
    claims = _proposed(head + "999990019;01;01-01-2019;31-01-2019;10050;D\n" * 3)
    assert "Bedrag: alle bedragen zijn hele getallen: zijn het eurocenten?" in toml_of([claims])
    assert not _proposed(head + "999990019;01;01-01-2019;31-01-2019;100,50;D\n").doubts
    shares = "bsn;codetype;datumstart;loonwaarde\n" + "999990019;LKS;13-02-2017;0,45\n" * 20
    most = _proposed(shares + "999990019;LKS;13-02-2017;46%\n")
    assert most.forms["PercentageLoonwaardeWML"] == ["fractie"]
    assert "# PercentageLoonwaardeWML: 1 waarde(n) zijn geen aandeel" in toml_of([most])
    benefits = "bsn;m/v;geb.datum;postcode;leefvorm;regeling;ingangsdatum;tot\n"
    caught = _proposed(
        benefits
        + "999990019;m;13-01-1960;1234 AB;Gehuwd;Pwet bijzondere bijstand;13-01-2019;14-01-2019\n"
        + "999990019;m;13-01-1960;1234 AB;gehuwd, duurzaam gescheiden;Pwet;13-01-2019;14-01-2019\n"
    )
    said = toml_of([caught])
    assert "# CdSzWet: pwet* geldt voor 2 verschillende woorden" in said
    assert "# CdLeefvorm: gehuwd* geldt voor 2 verschillende woorden" in said
    assert "# DatE: tot en met die dag, of tot die dag?" in said
    assert "bijzondere" not in said


def test_a_surname_is_no_total_and_an_empty_end_of_the_header_no_column() -> None:
    somebody = _proposed("naam;bsn;codetype;datumstart\nSom, A.;999990019;Iets;13-02-2017\n")
    assert list(somebody.totals) == []
    assert somebody.unknown_words == {"CodeType": 1}
    trailing = _proposed("bsn;trede;datum;\n999990019;p2;2017-02-13\n")
    assert trailing.forms == {"DatumMeting": ["jjjj-mm-dd"]}
    twice = _proposed("bsn;codetype;datumstart;einddatum;naam;einddatum\n999990019;LKS;13-02-2017;;;\n")
    assert dict(twice.rivals) == {"DatumEinde": [4, 6]}


def test_domains_that_are_not_read_are_known_by_their_labels_too() -> None:
    head = "bsn;domein;score;datum\n"
    found = _proposed(head + "999990019;Financiën;2;13-02-2017\n999990019;Tijdsbesteding;2;13-02-2017\n")
    assert found.unknown_words == {}
    assert (found.codes["Domein"]["financiën"], found.codes["Domein"]["tijdsbesteding"]) == (
        "financien",
        "tijdsbesteding",
    )
    (mapping,) = parse_mappings(tomllib.loads(toml_of([found])))
    assert mapping.codes["Domein"]["financiën"] == "financien"
