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
from transforms.intake.mapping.propose import propose
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
    with pytest.raises(ExamplesUnknown, match="example 2"):
        map_examples(tmp_path / "deel.csv", tmp_path / "iets.csv", out=tmp_path / "uit.toml")
    assert not (tmp_path / "uit.toml").exists()
    map_examples(tmp_path / "deel.csv", out=tmp_path / "uit.toml")
    written = (tmp_path / "uit.toml").read_text()
    assert "# Nog te vullen, met een kolom of een vaste waarde: Postcode" in written
    assert "# 1 andere woorden van het bestand staan hier niet in" in written
