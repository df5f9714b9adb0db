"""Deliveries received: read, counted, archived, and checked against their contract."""

from collections.abc import Callable, Sequence
from datetime import date

from flows.rights.exclusions import exclusion_filter
from flows.runs.archive import archived_files, is_from_inbox, keep, note_read
from flows.runs.context import RunContext
from flows.workfolder import inbox
from flows.workfolder.deliveries import DeliveryFile, find_files, read_file, read_rows
from flows.workfolder.home import Run, read_run
from flows.workfolder.mapping import keep_mapping, mappings_of, mappings_of_run
from pia.checks.lines import count_rows
from pia.evidence import DeliveryFacts, MappedFacts
from schemas.control import CONTROL_FILE, Control
from schemas.errors import BestandsanalyseError, DeliveriesRefused, RunOutdated
from schemas.sources import delivered_sources
from schemas.specs import SourceSpec
from schemas.states import Delivered
from transforms.intake.contract import Checked, check_contract, months_behind
from transforms.intake.control import require_declared, require_period
from transforms.intake.delivery import blank_unread_cells, drop_lines, unregistered_columns
from transforms.intake.mapping.apply import Mapped, at_lines_of_file
from transforms.persons.exclusion import drop_lines_about, removed_lines


def receive(context: RunContext) -> tuple[list[Checked], tuple[DeliveryFacts, ...]]:
    """Read every delivery, leave out excluded residents, and check the contract.

    What was read from the inbox is sealed for the archive, without the lines that may not be kept.
    """
    run, peildatum = context.run, context.peildatum
    read = _archived_reader(run) if run.archived else _folder_reader(context)
    find_excluded = exclusion_filter(run.home, context.profile.gemeente_code)
    control_file, control = (b"", Control()) if run.archived else inbox.read_control_file(run.deliveries)
    require_period(control, peildatum)
    require_declared(control, context.profile.absent)
    checked: list[Checked] = []
    facts: list[DeliveryFacts] = []
    for file, delivered in _read_deliveries(read, control, delivered_sources(context.profile)):
        source = file.source
        rows = drop_lines_about(delivered, find_excluded(delivered))
        left_out = removed_lines(delivered, rows)
        if is_from_inbox(run):
            readable = drop_lines(file.content, {*left_out, *delivered.excluded})
            keep(run, context.secret, source, blank_unread_cells(readable, source))
            note_read(run, file.name, file.whole)
        delivery = check_contract(rows, source, profile=context.profile, peildatum=peildatum)
        if file.mapped:
            delivery = at_lines_of_file(delivery, file.mapped)
        checked.append(delivery)
        facts.append(_delivery_facts(delivery, drop_lines(file.content, left_out), file.mapped, peildatum))
    if control_file and is_from_inbox(run):
        note_read(run, CONTROL_FILE, control_file)
    return checked, tuple(facts)


def _archived_reader(run: Run) -> Callable[[SourceSpec], DeliveryFile]:
    """Return how to read one delivery of a run from the archive of an earlier one; raise as `archived_files`."""
    read_content = archived_files(run.home, run.archived)
    keep_mapping(run, mappings_of_run(read_run(run.home, run.archived)))

    def read(source: SourceSpec) -> DeliveryFile:
        content = read_content(source)
        return DeliveryFile(source, source.file_name, content, content)

    return read


def _folder_reader(context: RunContext) -> Callable[[SourceSpec], DeliveryFile]:
    """Return how to read one delivery of a run from its folder.

    Raises:
        RunOutdated: The mapping was changed since the run began.
        DeliveryError: As `find_files`.
    """
    run, mappings = context.run, mappings_of(context.run.home)
    if mappings.sha256 != run.mapping:
        raise RunOutdated
    keep_mapping(run, mappings)
    files = find_files(run.deliveries, mappings, context.profile)
    return lambda source: read_file(source, *files[source.id])


def _read_deliveries(
    read: Callable[[SourceSpec], DeliveryFile], control: Control, sources: Sequence[SourceSpec]
) -> list[tuple[DeliveryFile, Delivered]]:
    """Read every delivery with its rows; report the problems of all files together.

    Raises:
        BestandsanalyseError: One file cannot be read; the error says why.
        DeliveriesRefused: Several files cannot be read.
    """
    deliveries: list[tuple[DeliveryFile, Delivered]] = []
    problems: list[BestandsanalyseError] = []
    for source in sources:
        try:
            file = read(source)
            deliveries.append((file, read_rows(file, control)))
        except BestandsanalyseError as error:
            problems.append(error)
    if problems:
        raise problems[0] if len(problems) == 1 else DeliveriesRefused(tuple(problems))
    return deliveries


def _delivery_facts(checked: Checked, content: bytes, mapped: Mapped | None, peildatum: date) -> DeliveryFacts:
    """Return counts of rows of a delivery, from which excluded residents were left out."""
    left = None
    if mapped:
        left = MappedFacts(
            above=len(mapped.above),
            aside=len(mapped.aside),
            totals=len(mapped.totals),
            unmeasured=len(mapped.unmeasured),
            unread=len(mapped.unread),
        )
    return DeliveryFacts(
        source=checked.source.id,
        lines=count_rows(content),
        valid=checked.valid.frame.height,
        quarantined=checked.quarantine.frame.height,
        excluded=checked.excluded,
        unregistered_columns=unregistered_columns(content, checked.source),
        months_behind=months_behind(checked, peildatum=peildatum),
        mapped=left,
    )
