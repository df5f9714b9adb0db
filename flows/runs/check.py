"""Deliveries judged as a run would judge them, without a key and without keeping anything."""

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from flows.workfolder import inbox
from pia.checks.lines import count_rows
from schemas.control import CONTROL_FILE, Control
from schemas.errors import (
    BestandsanalyseError,
    DeliveryFolderMissing,
    DeliveryMissing,
    FileUnknown,
    LowLinkRate,
    SeveralFiles,
    StaleDelivery,
    WrongEncoding,
    WrongFileName,
)
from schemas.sources import SOURCES
from schemas.specs import Profile
from transforms.intake.contract import MAXIMUM_MONTHS_BEHIND, Checked, check_contract, months_behind
from transforms.intake.control import require_period
from transforms.intake.problems import Problem, amount_in, persons_in, problem_of, problems_of
from transforms.intake.recognition import recognise, top_of
from transforms.intake.text_files import NotText, decode_text
from transforms.persons.link import link, low_link_rates
from transforms.persons.pseudonymise import PseudonymKey, pseudonymise

UNKNOWN = "unknown"
"""Kind of a file that has the columns of no source."""


@dataclass(frozen=True)
class CheckedFile:
    """One file of a folder.

    Attributes:
        kind: Id of its source, `levering.toml`, or `unknown`. A file that is missing has the name that it should have.
        rows_read: Rows on its lines. Of a file that is not refused, each is accepted, quarantined or excluded.
    """

    file: str
    kind: str
    rows_read: int = 0
    accepted: int = 0
    quarantined: int = 0
    excluded: int = 0
    problems: tuple[Problem, ...] = ()

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
    """All files of a folder by name, then those that are missing; and all sources that could be read."""

    files: tuple[CheckedFile, ...]
    sources: tuple[CheckedSource, ...]

    @property
    def stopping(self) -> int:
        """Number of problems for which a run would stop."""
        return sum(problem.stops for file in self.files for problem in file.problems)


def check_folder(folder: Path, *, profile: Profile, peildatum: date) -> CheckedFolder:
    """Judge every file of a folder, and tell all that is wrong with all of them.

    A run reads files by their names; here they are known by their headers. Nobody is left out who is to be left out of
    a run, as the register of those residents is under a key.

    Args:
        folder: Folder with deliveries.
        profile: Its municipality.
        peildatum: Reference date of the run that is to come.

    Raises:
        DeliveryFolderMissing: There is no such folder.
    """
    paths = _paths(folder)
    control, files = _check_control(folder, peildatum)
    deliveries: dict[str, Checked] = {}
    for path in paths:
        if path.name != CONTROL_FILE:
            file, checked = _check_file(path, control, profile, peildatum)
            files.append(file)
            if checked is not None:
                deliveries[file.kind] = checked
    for kind, number in Counter(file.kind for file in files if file.kind != UNKNOWN).items():
        if number > 1:
            deliveries.pop(kind, None)
            files = [_one_of_several(file, number) if file.kind == kind else file for file in files]
    files = _with_low_link_rates(files, deliveries, peildatum)
    present = {file.kind for file in files}
    missing = [
        CheckedFile(source.file_name, source.id, problems=(problem_of(DeliveryMissing(source.id)),))
        for source in SOURCES
        if source.id not in present
    ]
    by_name = sorted(files, key=lambda file: file.file)
    sources = [_source(deliveries[source.id]) for source in SOURCES if source.id in deliveries]
    return CheckedFolder((*by_name, *missing), tuple(sources))


def _check_control(folder: Path, peildatum: date) -> tuple[Control, list[CheckedFile]]:
    """Return what the supplier states of a folder, and the judgement of that file if it is there."""
    control, problems = Control(), []
    try:
        content, control = inbox.read_control_file(folder)
        if not content:
            return control, []
        require_period(control, peildatum)
    except BestandsanalyseError as error:
        problems.append(problem_of(error))
    return control, [CheckedFile(CONTROL_FILE, CONTROL_FILE, problems=tuple(problems))]


def _check_file(path: Path, control: Control, profile: Profile, peildatum: date) -> tuple[CheckedFile, Checked | None]:
    """Judge one file; without its rows if it cannot be read."""
    by_name = next((source for source in SOURCES if source.file_name == path.name.casefold()), None)
    kind = by_name.id if by_name else UNKNOWN
    try:
        content = inbox.read_bounded(path, kind)  # the name of a file is in no message
    except BestandsanalyseError as error:
        return CheckedFile(path.name, kind, problems=(problem_of(error),)), None
    source = recognise(content) or by_name
    if source is None:
        return CheckedFile(path.name, UNKNOWN, problems=(problem_of(_unknown(content)),)), None
    problems = [] if path.name == source.file_name else [problem_of(WrongFileName(source.file_name))]
    file = CheckedFile(path.name, source.id, rows_read=count_rows(content))
    try:
        delivered = inbox.read_rows(content, source, control)
        checked = check_contract(delivered, source, profile=profile, peildatum=peildatum)
    except WrongEncoding as error:
        return replace(file, rows_read=0, problems=(*problems, problem_of(error))), None
    except BestandsanalyseError as error:
        return replace(file, problems=(*problems, problem_of(error))), None
    problems += problems_of(checked)
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
    return file, checked


def _paths(folder: Path) -> list[Path]:
    """Return what lies in a folder, by name; raise `DeliveryFolderMissing` if that cannot be seen."""
    with suppress(OSError):
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    raise DeliveryFolderMissing


def _unknown(content: bytes) -> BestandsanalyseError:
    """Return what is wrong with a file of which the kind is not known."""
    try:
        decode_text(top_of(content))
    except NotText as error:
        return WrongEncoding(UNKNOWN, error.kind)
    return FileUnknown()


def _one_of_several(file: CheckedFile, number: int) -> CheckedFile:
    """Return a file of which there are more, with that for what was said of its name."""
    file_name = next(source.file_name for source in SOURCES if source.id == file.kind)
    others = tuple(problem for problem in file.problems if problem.rule != WrongFileName.code)
    return replace(file, problems=(problem_of(SeveralFiles(file_name, number)), *others))


def _with_low_link_rates(
    files: Sequence[CheckedFile], deliveries: Mapping[str, Checked], peildatum: date
) -> list[CheckedFile]:
    """Return the files, with a problem for those of which hardly any row is of somebody in stock.

    That can be told of a whole delivery only. Persons are known by pseudonyms under a key that nobody keeps.
    """
    if len(deliveries) < len(SOURCES) or any(file.stops for file in files):
        return list(files)
    key = PseudonymKey("check", "check_", secrets.token_bytes(32))
    rows = {
        name: pseudonymise(checked.valid, checked.source, key=key, peildatum=peildatum)
        for name, checked in deliveries.items()
    }
    low = low_link_rates(link(rows, peildatum=peildatum).counts)
    return [
        replace(file, problems=(*file.problems, problem_of(LowLinkRate((file.kind,))))) if file.kind in low else file
        for file in files
    ]


def _source(checked: Checked) -> CheckedSource:
    """Return what the rows of a source hold."""
    return CheckedSource(checked.source.id, checked.valid.frame.height, persons_in(checked.valid), amount_in(checked))
