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
        proposal = propose(content, gemeente_code="0865")
        assert proposal is not None
        assert not proposal.missing
        (mapping,) = parse_mappings(tomllib.loads(toml_of([proposal])))
        assert (mapping.source.id in name) or name not in OURS
        again = propose(
            content.decode("utf-8-sig" if name not in OURS else "cp1252").encode("cp1252"), gemeente_code=""
        )
        assert again is not None
        assert again.columns == proposal.columns


def test_what_is_ours_already_needs_no_form_and_no_word(sample: Mapping[str, bytes]) -> None:
    for source in SOURCES:
        proposal = propose(sample[source.file_name], gemeente_code="0865")
        assert proposal is not None
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
    proposal = propose(content.encode(), gemeente_code="0865")
    assert proposal is not None
    return proposal


def test_dates_of_a_file_are_written_alike() -> None:
    head = "bsn;trede;datum;toelichting\n"
    american = _proposed(head + "999990019;1;12/1/2017;\n999990019;1;2/13/2017;\n")
    assert american.forms == {"DatumMeting": "m/d/jjjj"}
    trajectory = _proposed(
        "bsn;codetype;datumstart;datumeinde\n999990019;LKS;12/1/2017;1/31/2018\n999990019;LKS;10/1/2017;\n"
    )
    assert trajectory.forms == {"DatumStart": "m/d/jjjj", "DatumEinde": "m/d/jjjj"}
    unsure = _proposed(head + "999990019;1;5/1/2017;\n999990019;1;6/1/2017;\n")
    assert unsure.unsure_dates
    assert "# Elke datum kan ook met de maand beginnen" in toml_of([unsure])
    assert not american.unsure_dates
    assert not _proposed(head + "999990019;1;01-02-2019 t/m 05-06-2019;\n").forms


def test_what_could_be_otherwise_is_said() -> None:
    two = _proposed("bsn;trede;datum;meetdatum\n999990019;1;01-02-2017;01-03-2017\n")
    assert dict(two.rivals) == {"DatumMeting": [4]}
    assert "# DatumMeting: ook kolom 4 kan het zijn" in toml_of([two])
    shares = _proposed(
        "bsn;codetype;datumstart;loonwaarde\n999990019;LKS;01-02-2017;0,45\n999990019;LKS;01-02-2017;1\n"
    )
    assert shares.forms == {"PercentageLoonwaardeWML": "fractie"}
    somebody = _proposed("naam;bsn;trede;datum\nSomers;999990019;p2;01-02-2017\n")
    assert list(somebody.totals) == []
    lower = _proposed("bsn;codetype;datumstart\n999990019;lks;01-02-2017\n")
    assert lower.codes["CodeType"]["lks"] == "LKS"


def test_a_long_ladder_is_not_taken_for_a_wide_one() -> None:
    for header in ("bsn;trede;datum;;", "bsn;trede;datum trede;advies;datum advies"):
        proposal = _proposed(f"{header}\n999990019;2;01-02-2017;3;01-03-2017\n")
        assert not proposal.wide.rows
