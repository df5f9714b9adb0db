"""Files of suppliers, with nothing but a mapping that was proposed from them, give what our own files give."""

import json
import shutil
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from flows.commands.declarations import mapping as declare
from flows.commands.tools.check import check
from flows.commands.tools.map import map_examples
from flows.rights.exercise import exercise_right
from flows.runs.archive import archived_files
from flows.runs.check import CheckedFolder, check_folder
from flows.runs.facts import IntakeFacts, read_facts
from flows.runs.quarantine import quarantined_rows
from flows.workfolder.deliveries import read_file, read_rows, sources_of
from flows.workfolder.home import Home, Run, read_run
from flows.workfolder.mapping import mappings_of, mappings_of_run
from sample_data.supplier import supplier_files
from sample_data.workbook import supplier_workbook
from schemas.control import Control
from schemas.errors import InboxNotErased, RowsLost, SeveralFiles, UnexpectedFiles, WorkbookRefused
from schemas.profiles import STANDAARD
from schemas.rights import Right
from schemas.sources import SOURCES
from tests.builders.sample import PEILDATUM
from transforms.intake.mapping import apply as apply_module
from transforms.intake.mapping.declaration import FileMapping, parse_mappings
from transforms.intake.mapping.lines import Lines, lines_about
from transforms.intake.text_files import Record
from transforms.intake.workbooks import sheet_names, sheet_records, write_workbook

Flow = Callable[..., Any]
BENEFITS = "uitkeringen_export.csv"


@pytest.fixture
def theirs(tmp_path: Path, home: Home, sample: Mapping[str, bytes]) -> Path:
    """A folder with the sample as suppliers export it; the work folder has a mapping of it, as it was proposed."""
    folder = tmp_path / "export"
    folder.mkdir()
    for name, content in supplier_files(sample).items():
        (folder / name).write_bytes(content)
    ours = {source.file_name for source in SOURCES}
    examples = sorted(path for path in folder.iterdir() if path.name not in ours)
    map_examples(*examples, out=tmp_path / "mapping.toml")
    declare(tmp_path / "mapping.toml")
    return folder


@pytest.fixture
def their_workbook(tmp_path: Path, home: Home, sample: Mapping[str, bytes]) -> Path:
    """The same in a workbook with a sheet per file, beside what is delivered as we ask it."""
    files, ours = supplier_files(sample), {source.file_name for source in SOURCES}
    folder = tmp_path / "export"
    folder.mkdir()
    book = folder / "export.xlsx"
    book.write_bytes(supplier_workbook({name: content for name, content in files.items() if name not in ours}))
    for name in ours & files.keys():
        (folder / name).write_bytes(files[name])
    map_examples(book, out=tmp_path / "mapping.toml")
    declare(tmp_path / "mapping.toml")
    return book


def test_a_workbook_gives_the_same_release_too(
    their_workbook: Path, home: Home, run_flow: Flow, finished: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in their_workbook.parent.iterdir():
        shutil.copy(path, home.inbox)
    check(home.inbox, peildatum=PEILDATUM)
    assert "[mapped] sheets that no mapping reads: number 1\n" in capsys.readouterr().out  # the one that explains
    run = read_run(home, run_flow(deliveries=None).run_id)
    _require_the_same_release(run, finished)
    (row, *_) = [row for row in quarantined_rows(home, run.run_id) if row[3] == "ontbreekt" and "BSN" in row[2]]
    records = sheet_records(their_workbook.read_bytes(), "uitkeringen_export")
    assert records[int(row[1]) - 1].cells[0] == ""


def test_a_person_is_erased_from_a_workbook_and_nobody_else(their_workbook: Path, home: Home) -> None:
    """From every sheet that is read, and from the rows of others that have the BSN in a cell."""
    inbox_file, sheet = home.inbox / their_workbook.name, "uitkeringen_export"
    inbox_file.write_bytes(_with_notes(their_workbook.read_bytes(), sheet))
    before = {name: sheet_records(inbox_file.read_bytes(), name) for name in sheet_names(inbox_file.read_bytes())}
    mappings = {mapping.sheet: mapping for mapping in mappings_of(home).files}
    person = next(row.cells[0] for row in before[sheet][2:] if row.cells[0]).zfill(9)
    about = {name: lines_about(their_workbook.read_bytes(), mapping, person) for name, mapping in mappings.items()}
    about["Toelichting"] = {3}
    exercise_right(home, Right.ERASE, person)
    after = inbox_file.read_bytes()
    assert sheet_names(after) == list(before)
    for name, rows in before.items():
        kept = [row for row in rows if row.line not in about.get(name, set()) and not row.is_empty]
        assert [row for row in sheet_records(after, name) if not row.is_empty] == kept
        if name in mappings:
            assert not lines_about(after, mappings[name], person)
    assert about[sheet]


MERGED = b'<mergeCells count="1"><mergeCell ref="A4:A5"/></mergeCells>'


def _with_notes(content: bytes, sheet: str) -> bytes:
    """The same workbook with two notes on the sheet that explains: on the first person of a sheet, and on another."""
    sheets = {name: list(sheet_records(content, name)) for name in sheet_names(content)}
    first, second = (sheets[sheet][place].cells[0].zfill(9) for place in (2, 3))
    sheets["Toelichting"] += [Record(3, [f"Let op {first}"]), Record(4, [second])]
    return write_workbook(sheets)


def test_a_workbook_that_cannot_be_written_again_is_named(their_workbook: Path, home: Home) -> None:
    """Excel allows no such name; another program wrote it. Every other file was done."""
    person = sheet_records(their_workbook.read_bytes(), "uitkeringen_export")[2].cells[0].zfill(9)
    with zipfile.ZipFile(their_workbook) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'name="Toelichting"', b'name="[Toelichting]"')
    with zipfile.ZipFile(home.inbox / "export.xlsx", "w") as book:
        for name, part in parts.items():
            book.writestr(name, part)
    before = (home.inbox / "export.xlsx").read_bytes()
    with pytest.raises(InboxNotErased):
        exercise_right(home, Right.ERASE, person)
    assert (home.inbox / "export.xlsx").read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (b"</sheetData>", b"</sheetData>" + MERGED, "cover"),
        (b'<row r="3"', b'<row r="2"', "twice"),
    ],
)  # fmt: skip
def test_a_sheet_that_would_be_read_otherwise_than_seen_is_refused(
    old: bytes, new: bytes, problem: str, their_workbook: Path, home: Home
) -> None:
    with zipfile.ZipFile(their_workbook) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts["xl/worksheets/sheet2.xml"] = parts["xl/worksheets/sheet2.xml"].replace(old, new)
    with zipfile.ZipFile(their_workbook, "w") as book:
        for name, part in parts.items():
            book.writestr(name, part)
    mapping = next(mapping for mapping in mappings_of(home).files if mapping.sheet == "uitkeringen_export")
    with pytest.raises(WorkbookRefused, match=problem):
        read_file(mapping.source, their_workbook, mapping)


def test_a_workbook_without_a_mapping_is_named(their_workbook: Path, home: Home) -> None:
    """By `check`, with the way out; a run refuses it as a file that no source declares."""
    folder = check_folder(their_workbook.parent, profile=STANDAARD, peildatum=PEILDATUM)
    (problem,) = next(file.problems for file in folder.files if file.file == their_workbook.name)
    assert problem.rule == "wrong-encoding"
    assert "`map`" in problem.expected


@pytest.mark.parametrize("part", [0.5, 0.99])
def test_a_damaged_workbook_stops_the_run(part: float, their_workbook: Path, home: Home) -> None:
    (mapping, *_) = mappings_of(home).files
    content = their_workbook.read_bytes()
    their_workbook.write_bytes(content[: int(part * len(content))])
    with pytest.raises(WorkbookRefused):
        read_file(mapping.source, their_workbook, mapping)


def test_the_release_is_the_same_byte_for_byte(theirs: Path, home: Home, run_flow: Flow, finished: Run) -> None:
    """From the inbox; with too many cells on a line that is in quarantine anyhow, which is named by its own number."""
    without_bsn = _spoil_a_line_without_bsn(theirs, home)
    for path in theirs.iterdir():
        shutil.copy(path, home.inbox)
    run = read_run(home, run_flow(deliveries=None).run_id)
    _require_the_same_release(run, finished)
    assert run.mapping == mappings_of(home).sha256
    _require_said_to_the_officer(run)
    listed = [row[:4] for row in quarantined_rows(home, run.run_id)]
    assert ("participatiewet.csv", str(without_bsn[0]), "rij", "cellen 17/16") in listed
    assert ("participatiewet.csv", str(without_bsn[1]), "BSN (Burgerservicenr)", "ontbreekt") in listed
    _require_archived_as_ours(run, theirs)
    assert mappings_of_run(run).sha256 == run.mapping  # kept beside the run: the work folder may get another one


def _require_the_same_release(run: Run, finished: Run) -> None:
    """Require the bytes of our own run of every file, and a manifest that differs in what names the runs only."""
    names = {path.name for path in finished.pending.iterdir()}
    assert {path.name for path in run.pending.iterdir()} == names
    differing = {name for name in names if (run.pending / name).read_bytes() != (finished.pending / name).read_bytes()}
    assert differing == {"manifest.json"}
    manifests = [json.loads((of.pending / "manifest.json").read_bytes()) for of in (run, finished)]
    apart = {name for name in {*manifests[0], *manifests[1]} if manifests[0].get(name) != manifests[1].get(name)}
    assert apart <= {"mapping", "key", "release", "audit_log", "ledger"}
    assert manifests[0]["mapping"] == run.mapping


def _spoil_a_line_without_bsn(theirs: Path, home: Home) -> Sequence[int]:
    """Put a cell too many on the first line without a BSN; `check` says where those lines are."""
    lines = (theirs / BENEFITS).read_bytes().split(b"\r\n")
    mappings = mappings_of(home).files
    folder = check_folder(theirs, profile=STANDAARD, peildatum=PEILDATUM, mappings=mappings)
    numbers = _lines_with(folder, "ontbreekt")
    assert numbers == tuple(number for number, line in enumerate(lines, start=1) if line.startswith(b";"))
    lines[numbers[0] - 1] += b";x"
    (theirs / BENEFITS).write_bytes(b"\r\n".join(lines))
    folder = check_folder(theirs, profile=STANDAARD, peildatum=PEILDATUM, mappings=mappings)
    assert _lines_with(folder, "cellen") == numbers[:1]
    return numbers


def _lines_with(folder: CheckedFolder, rule: str) -> Sequence[int]:
    problems = next(file.problems for file in folder.files if file.file == BENEFITS)
    return next(problem.lines for problem in problems if problem.rule == rule)


def _require_said_to_the_officer(run: Run) -> None:
    facts = {one.source: one.mapped for one in read_facts(run, IntakeFacts).delivered}
    benefits, zrm = facts["participatiewet"], facts["zrm"]
    assert benefits is not None
    assert zrm is not None
    assert facts["trajecten"] is None
    assert (benefits.above, benefits.aside, benefits.totals, benefits.unread) == (1, 0, 1, 3)
    assert zrm.unmeasured > 0
    dossier = run.dossier.read_text()
    assert f"`{run.mapping}`" in dossier
    assert "| participatiewet | 1 | 0 | 1 | 0 | 3 |" in dossier


def _require_archived_as_ours(run: Run, theirs: Path) -> None:
    """The inbox is empty; in the archive is what the analysis reads, and no name or memo of the supplier's file."""
    assert list(run.home.inbox.iterdir()) == []
    kept = archived_files(run.home, run.run_id)(SOURCES[0])
    assert kept.startswith(b"Gemeentecode;Burgerservicenr;")
    names = {line.split(";")[1] for line in (theirs / BENEFITS).read_text("utf-8-sig").splitlines()[2:-1]}
    assert not any(name.encode() in kept for name in names if len(name) > 4)


def test_somebody_is_erased_from_them_by_line(theirs: Path, home: Home, somebody: str) -> None:
    for path in theirs.iterdir():
        shutil.copy(path, home.inbox)
    mappings = {mapping.source.id: mapping for mapping in mappings_of(home).files}
    about = lines_about((theirs / BENEFITS).read_bytes(), mappings["participatiewet"], somebody)
    assert exercise_right(home, Right.ERASE, somebody).inbox_rows >= len(about) > 0
    for path in home.inbox.iterdir():
        assert somebody.encode() not in path.read_bytes()
    before, after = (folder.joinpath(BENEFITS).read_bytes().split(b"\r\n") for folder in (theirs, home.inbox))
    assert after == [line for number, line in enumerate(before, start=1) if number not in about]
    (home.inbox / "vreemd.csv").write_text(somebody)
    with pytest.raises(InboxNotErased, match="1 of another name"):
        exercise_right(home, Right.ERASE, somebody)
    (home.inbox / "vreemd.csv").unlink()
    # Of two files for one delivery the first cannot be read: that the second can is not enough.
    (home.inbox / "a.csv").write_bytes((theirs / BENEFITS).read_bytes() + f'{somebody};"x\r\n'.encode())
    with pytest.raises(InboxNotErased, match=r"participatiewet\.csv"):
        exercise_right(home, Right.ERASE, somebody)


def test_what_no_mapping_fits_and_what_two_files_hold_stops_a_run(theirs: Path, run_flow: Flow) -> None:
    shutil.copy(theirs / BENEFITS, theirs / "uitkeringen_juni.csv")
    with pytest.raises(SeveralFiles):
        run_flow(deliveries=theirs)
    (theirs / "uitkeringen_juni.csv").write_text("a;b\n1;2\n")
    with pytest.raises(UnexpectedFiles):
        run_flow(deliveries=theirs)


def test_a_line_that_becomes_nothing_is_refused(theirs: Path, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = apply_module.read_lines

    def without_first(content: bytes, mapping: FileMapping) -> Lines:
        lines = whole(content, mapping)
        return replace(lines, whole=lines.whole[1:], frame=lines.frame[1:])

    monkeypatch.setattr(apply_module, "read_lines", without_first)
    for mapping in mappings_of(home).files:
        (path,) = (path for path in theirs.iterdir() if sources_of(path, [mapping]) == [(mapping.source, mapping)])
        with pytest.raises(RowsLost):
            read_rows(read_file(mapping.source, path, mapping), Control())


def test_an_older_form_of_a_file_is_not_taken_for_the_newer_one(tmp_path: Path) -> None:
    """Both mappings fit the newer one; that it has an end of the trajectory counts."""
    shared = {"BSN": "Burgerservicenr", "Soort": "CodeType", "Begin": "DatumStart"}
    older, newer = parse_mappings(
        {
            "bestand": [
                {"bron": "trajecten", "vast": {"Gemeentecode": "0865"}, "kolommen": shared},
                {"bron": "trajecten", "vast": {"Gemeentecode": "0865"}, "kolommen": {**shared, "Eind": "DatumEinde"}},
            ]
        }
    )
    for header, mapping in ((b"BSN;Soort;Begin", older), (b"BSN;Soort;Begin;Eind", newer)):
        path = tmp_path / "trajecten_2019.csv"
        path.write_bytes(header + b"\r\n")
        assert sources_of(path, (older, newer)) == [(mapping.source, mapping)]
