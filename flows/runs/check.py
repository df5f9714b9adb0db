"""Deliveries judged as a run would judge them, without a key and without keeping anything."""

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from flows.runs.plausibility import doubts_of
from flows.workfolder import inbox
from flows.workfolder.deliveries import DeliveryFile, files_in, read_file, read_rows, sources_of
from pia.checks.lines import count_rows
from schemas.control import CONTROL_FILE, Control
from schemas.errors import (
    BestandsanalyseError,
    DeliveryFolderMissing,
    DeliveryMissing,
    DeliveryUndeclared,
    FileUnknown,
    LowLinkRate,
    MappedSeparatorOther,
    SeveralFiles,
    StaleDelivery,
    WrongEncoding,
    WrongFileName,
)
from schemas.sources import SOURCES, absent_sources, delivered_sources
from schemas.specs import Profile
from transforms.intake.contract import MAXIMUM_MONTHS_BEHIND, Checked, check_contract, months_behind
from transforms.intake.control import require_declared, require_period
from transforms.intake.mapping.apply import at_lines_of_file
from transforms.intake.mapping.declaration import SEPARATORS, FileMapping
from transforms.intake.mapping.lines import share_of_columns
from transforms.intake.plausibility import Doubt, Shape
from transforms.intake.problems import Problem, amount_in, in_words_of_file, persons_in, problem_of, problems_of
from transforms.intake.recognition import recognise, top_of
from transforms.intake.sheet_parts import WorkbookUnreadable
from transforms.intake.text_files import NotText, decode_text
from transforms.intake.workbooks import is_workbook, sheet_names
from transforms.persons.link import link, low_link_rates
from transforms.persons.pseudonymise import PseudonymKey, nobody, pseudonymise

UNKNOWN = "unknown"
"""Kind of a file that has the columns of no source."""


@dataclass(frozen=True)
class MappedFile:
    """What of a file became no row of the delivery that a mapping makes of it.

    Lines by their numbers in the file, columns by their positions, the first of each is 1.
    """

    file: str
    kind: str
    above: tuple[int, ...]
    aside: tuple[int, ...]
    totals: tuple[int, ...]
    unmeasured: tuple[int, ...]
    unread_columns: tuple[int, ...]


@dataclass(frozen=True)
class CheckedFile:
    """One file of a folder.

    Attributes:
        kind: Id of its source, `levering.toml`, or `unknown`. A file that is missing has the name that it should have.
        rows_read: Rows on its lines. Of a file that is not refused, each is accepted, quarantined or excluded.
        unread_sheets: Places of the sheets of a workbook that no mapping reads; the first is 1.
    """

    file: str
    kind: str
    rows_read: int = 0
    accepted: int = 0
    quarantined: int = 0
    excluded: int = 0
    problems: tuple[Problem, ...] = ()
    unread_sheets: tuple[int, ...] = ()

    @property
    def stops(self) -> bool:
        """Whether a run would stop for it."""
        return any(problem.stops for problem in self.problems)


@dataclass(frozen=True)
class CheckedSource:
    """What the accepted rows of a source hold.

    Attributes:
        persons: Different persons.
        sum_cents: Sum of its amount in eurocent, net of credit; None if it has none.
    """

    source: str
    rows: int
    persons: int
    sum_cents: int | None


@dataclass(frozen=True)
class CheckedFolder:
    """All files of a folder by name, then those that are missing; and all sources that could be read.

    Attributes:
        mapped: What became no row of the files that a mapping makes deliveries of.
    """

    files: tuple[CheckedFile, ...]
    sources: tuple[CheckedSource, ...]
    mapped: tuple[MappedFile, ...] = ()

    @property
    def stopping(self) -> int:
        """Number of problems for which a run would stop."""
        return sum(problem.stops for file in self.files for problem in file.problems)


def check_folder(
    folder: Path,
    *,
    profile: Profile,
    peildatum: date,
    mappings: Sequence[FileMapping] = (),
    before: Mapping[str, Shape] = MappingProxyType({}),
) -> CheckedFolder:
    """Judge every file of a folder, and tell all that is wrong with all of them.

    A run reads files by their names; here they are known by their headers. Nobody is left out who is to be left out of
    a run, as the register of those residents is under a key.

    Args:
        folder: Folder with deliveries.
        profile: Its municipality.
        peildatum: Reference date of the run that is to come.
        mappings: How files of suppliers become deliveries.
        before: Shapes of the deliveries before, by source.

    Raises:
        DeliveryFolderMissing: There is no such folder.
    """
    paths = _paths(folder)
    control, files = _check_control(folder, peildatum, profile.absent)
    judged = [one for path in paths for one in _check_path(path, control, profile, peildatum, mappings)]
    files += [one.file for one in judged]
    deliveries = {one.file.kind: one.checked for one in judged if one.checked is not None}
    for kind, number in Counter(file.kind for file in files if file.kind != UNKNOWN).items():
        if number > 1:
            deliveries.pop(kind, None)
            files = [_one_of_several(file, number) if file.kind == kind else file for file in files]
    files = [_undeclared(file) if file.kind in profile.absent else file for file in files]
    files = _with_low_link_rates(files, deliveries, profile, peildatum)
    refused = {file.kind for file in files if file.stops}
    judged_whole = [deliveries[source.id] for source in SOURCES if source.id in deliveries.keys() - refused]
    doubts = doubts_of(judged_whole, before)
    files = [_with_doubts(file, doubts) for file in files]
    present = {file.kind for file in files}
    missing = [
        CheckedFile(source.file_name, source.id, problems=(problem_of(DeliveryMissing(source.id)),))
        for source in delivered_sources(profile)
        if source.id not in present
    ]
    by_name = sorted(files, key=lambda file: file.file)
    sources = [_source(deliveries[source.id]) for source in SOURCES if source.id in deliveries]
    mapped = tuple(one.mapped for one in judged if one.mapped)
    return CheckedFolder((*by_name, *missing), tuple(sources), mapped)


def _check_control(folder: Path, peildatum: date, absent: Sequence[str]) -> tuple[Control, list[CheckedFile]]:
    """Return what the supplier states of a folder, and the judgement of that file if it is there."""
    control, problems = Control(), []
    try:
        content, control = inbox.read_control_file(folder)
        if not content:
            return control, []
        require_period(control, peildatum)
        require_declared(control, absent)
    except BestandsanalyseError as error:
        problems.append(problem_of(error))
    return control, [CheckedFile(CONTROL_FILE, CONTROL_FILE, problems=tuple(problems))]


class _Judged(NamedTuple):
    """A file, its rows unless it cannot be read, and what of it became none."""

    file: CheckedFile
    checked: Checked | None = None
    mapped: MappedFile | None = None


def _check_path(
    path: Path, control: Control, profile: Profile, peildatum: date, mappings: Sequence[FileMapping]
) -> list[_Judged]:
    """Judge one file, as every delivery that the mappings make of it; without its rows if it cannot be read."""
    fitting = [mapping for _, mapping in sources_of(path, mappings) if mapping]
    if fitting:
        judged = [_check_mapped(path, mapping, control, profile, peildatum) for mapping in fitting]
        unread = _unread_sheets(path, fitting)
        return [one._replace(file=replace(one.file, unread_sheets=unread)) for one in judged]
    return [_check_file(path, control, profile, peildatum, mappings)]


def _unread_sheets(path: Path, mappings: Sequence[FileMapping]) -> tuple[int, ...]:
    """Return the places of the sheets of a workbook that no mapping reads; none of any other file."""
    with suppress(BestandsanalyseError, WorkbookUnreadable):
        content = inbox.read_bounded(path, "")
        names = sheet_names(content) if is_workbook(content) else []
        read = {mapping.sheet or names[0] for mapping in mappings if names}
        return tuple(place for place, name in enumerate(names, start=1) if name not in read)
    return ()


def _check_mapped(path: Path, mapping: FileMapping, control: Control, profile: Profile, peildatum: date) -> _Judged:
    """Judge the delivery that a mapping makes of a file."""
    file = CheckedFile(path.name, mapping.source.id)
    try:
        delivery = read_file(mapping.source, path, mapping)
    except BestandsanalyseError as error:
        return _Judged(replace(file, problems=(problem_of(error),)))
    return _check_delivery(file, delivery, control, profile, peildatum)


def _check_file(
    path: Path, control: Control, profile: Profile, peildatum: date, mappings: Sequence[FileMapping]
) -> _Judged:
    """Judge one file that no mapping fits."""
    by_name = next((source for source in SOURCES if source.file_name == path.name.casefold()), None)
    kind = by_name.id if by_name else UNKNOWN
    try:
        content = inbox.read_bounded(path, kind)  # the name of a file is in no message
    except BestandsanalyseError as error:
        return _Judged(CheckedFile(path.name, kind, problems=(problem_of(error),)))
    source = recognise(content) or by_name
    if source is None:
        return _Judged(CheckedFile(path.name, UNKNOWN, problems=(problem_of(_unknown(content, mappings)),)))
    problems = () if path.name == source.file_name else (problem_of(WrongFileName(source.file_name)),)
    file = CheckedFile(path.name, source.id, problems=problems)
    return _check_delivery(file, DeliveryFile(source, path.name, content, content), control, profile, peildatum)


def _check_delivery(
    file: CheckedFile, delivery: DeliveryFile, control: Control, profile: Profile, peildatum: date
) -> _Judged:
    """Judge the rows of one file, of which the name was judged."""
    source, mapped, problems = delivery.source, delivery.mapped, [*file.problems]
    file = replace(file, rows_read=count_rows(delivery.content))
    left = None
    if mapped:
        left = MappedFile(
            file=file.file,
            kind=source.id,
            above=mapped.above,
            aside=mapped.aside,
            totals=mapped.totals,
            unmeasured=mapped.unmeasured,
            unread_columns=mapped.unread,
        )
    try:
        delivered = read_rows(delivery, control)
        checked = check_contract(delivered, source, profile=profile, peildatum=peildatum)
    except WrongEncoding as error:
        return _Judged(replace(file, rows_read=0, problems=(*problems, problem_of(error))))
    except BestandsanalyseError as error:
        return _Judged(replace(file, problems=(*problems, problem_of(error))), None, left)
    found = problems_of(at_lines_of_file(checked, mapped) if mapped else checked)
    problems += [in_words_of_file(one, delivery.mapping) for one in found] if delivery.mapping else found
    is_refused = any(problem.stops for problem in problems)  # of its rows too few are left to tell
    if not is_refused and months_behind(checked, peildatum=peildatum) > MAXIMUM_MONTHS_BEHIND:
        problems.append(problem_of(StaleDelivery(source.id)))
    file = replace(
        file,
        accepted=checked.valid.frame.height,
        quarantined=checked.quarantine.frame.height,
        excluded=checked.excluded,
        problems=tuple(problems),
    )
    return _Judged(file, checked, left)


def _paths(folder: Path) -> list[Path]:
    """Return the files of a folder, by name; raise `DeliveryFolderMissing` if that cannot be seen."""
    with suppress(OSError):
        return files_in(folder)
    raise DeliveryFolderMissing


def _unknown(content: bytes, mappings: Sequence[FileMapping]) -> BestandsanalyseError:
    """Return what is wrong with a file of which the kind is not known."""
    top = top_of(content)
    try:
        decode_text(top)
    except NotText as error:
        return WrongEncoding(UNKNOWN, error.kind)
    for mapping, separator in product(mappings, SEPARATORS):
        if share_of_columns(top, replace(mapping, separator=separator)) == 1:
            return MappedSeparatorOther(mapping.source.id)
    return FileUnknown()


def _one_of_several(file: CheckedFile, number: int) -> CheckedFile:
    """Return a file of which there are more, with that for what was said of its name."""
    file_name = next(source.file_name for source in SOURCES if source.id == file.kind)
    others = tuple(problem for problem in file.problems if problem.rule != WrongFileName.code)
    return replace(file, problems=(problem_of(SeveralFiles(file_name, number)), *others))


def _undeclared(file: CheckedFile) -> CheckedFile:
    """Return a file of a source that the municipality declares not to deliver, with that for what else is wrong."""
    return replace(file, problems=(problem_of(DeliveryUndeclared(file.kind)),))


def _with_doubts(file: CheckedFile, doubts: Sequence[Doubt]) -> CheckedFile:
    """Return a file with what is not plausible of it, for which a run is held."""
    found = tuple(
        Problem(doubt.rule, doubt.column, (), None, None, f"{doubt.text} (zie --reason van run)", stops=True)
        for doubt in doubts
        if doubt.source == file.kind
    )
    return replace(file, problems=(*file.problems, *found))


def _with_low_link_rates(
    files: Sequence[CheckedFile], deliveries: Mapping[str, Checked], profile: Profile, peildatum: date
) -> list[CheckedFile]:
    """Return the files, with a problem for those of which hardly any row is of somebody in stock.

    That can be told of a whole delivery only. Persons are known by pseudonyms under a key that nobody keeps.
    """
    if len(deliveries) + len(profile.absent) < len(SOURCES) or any(file.stops for file in files):
        return list(files)
    key = PseudonymKey("check", "check_", secrets.token_bytes(32))
    rows = {
        name: pseudonymise(checked.valid, checked.source, key=key, peildatum=peildatum)
        for name, checked in deliveries.items()
    }
    rows |= {source.id: nobody(source, key=key, peildatum=peildatum) for source in absent_sources(profile)}
    low = low_link_rates(link(rows, peildatum=peildatum).counts)
    return [
        replace(file, problems=(*file.problems, problem_of(LowLinkRate((file.kind,))))) if file.kind in low else file
        for file in files
    ]


def _source(checked: Checked) -> CheckedSource:
    """Return what the rows of a source hold."""
    return CheckedSource(checked.source.id, checked.valid.frame.height, persons_in(checked.valid), amount_in(checked))
