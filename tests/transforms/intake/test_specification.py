"""The specification of the deliveries says what the reader and the contract do."""

import csv
import io
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from frictionless import Package, Schema, system

from flows.commands.cli import main
from schemas.profiles import STANDAARD
from schemas.sources import SOURCES
from schemas.specs import SourceSpec
from transforms.intake.contract import check_contract
from transforms.intake.delivery import read_delivery
from transforms.intake.specification import DESCRIPTOR, DOCUMENT, example, specification_files

PEILDATUM = date(2019, 7, 1)


@pytest.fixture(scope="module")
def files() -> Mapping[str, bytes]:
    return specification_files()


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_the_example_row_is_valid(source: SourceSpec) -> None:
    delivered = read_delivery(example(source).encode(), source)
    checked = check_contract(delivered, source, profile=STANDAARD, peildatum=PEILDATUM)
    assert [count.rule for count in checked.counts if count.rows] == []
    assert (checked.valid.frame.height, checked.excluded) == (1, 0)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_a_template_is_the_header_that_the_reader_wants(source: SourceSpec, files: Mapping[str, bytes]) -> None:
    (header,) = csv.reader(io.StringIO(files[source.file_name].decode()), delimiter=";")
    assert header == [column.header for column in source.read]
    assert not {"Voornamen", "Achternaam", "Straatnaam", "Opmerkingen"} & {*header}


def test_the_document_names_every_file_column_and_code_list(files: Mapping[str, bytes]) -> None:
    text = files[DOCUMENT].decode()
    for source in SOURCES:
        part = text.split(f"## {source.file_name}: ")[1].split("\n## ")[0]
        assert all(f"| `{column.header}` | {column.field.meaning} |" in part for column in source.columns)
        assert all(f"\n### {field.codes.id}\n" in text for field in source.fields if field.codes)


def test_the_sample_is_what_the_schema_says(
    files: Mapping[str, bytes], tmp_path: Path, sample: Mapping[str, bytes]
) -> None:
    """As another program reads it: the sample has defects in a few rows, and no column that it lacks."""
    descriptor = json.loads(files[DESCRIPTOR])
    for source in SOURCES:
        (tmp_path / source.file_name).write_bytes(sample[source.file_name])
        (resource,) = (one for one in descriptor["resources"] if one["path"] == source.file_name)
        resource["encoding"] = "cp1252"
    with system.use_context(trusted=True):
        report = Package(descriptor, basepath=str(tmp_path)).validate()
    for task in report.tasks:
        kinds = {error.type for error in task.errors}
        assert kinds <= {"type-error", "constraint-error"}, task.name
        assert len({error.row_number for error in task.errors}) <= 0.05 * task.stats["rows"], task.name


def test_every_schema_is_valid(files: Mapping[str, bytes]) -> None:
    for resource in json.loads(files[DESCRIPTOR])["resources"]:
        assert Schema.validate_descriptor(resource["schema"]).valid


def test_the_command_writes_a_new_folder_and_never_over_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["contract", "--out", str(tmp_path / "contract")])
    assert {path.name for path in (tmp_path / "contract").iterdir()} == specification_files().keys()
    assert DOCUMENT in capsys.readouterr().out.replace("\n", "")
    with pytest.raises(SystemExit) as stopped:
        main(["contract", "--out", str(tmp_path / "contract")])
    assert stopped.value.word == "folder-unusable"
