"""What the steward may know of quarantined rows: file, line, column and rule, in words of the file."""

from datetime import UTC, datetime

from flows.registers.audit import Role, record_deed
from flows.runs.context import context_of
from flows.runs.facts import IntakeFacts, read_facts
from flows.workfolder.home import Home, is_past_term, read_run
from flows.workfolder.mapping import mappings_of_run
from schemas.errors import RetentionPassed
from schemas.sources import RETENTION_MONTHS, delivered_sources
from schemas.states import Identified
from transforms.intake.contract import REASONS, RuleCount, texts_by_reason
from transforms.intake.delivery import CELL_COUNT, ROW_NUMBER


def quarantined_rows(home: Home, run_id: str) -> list[tuple[str, str, str, str, str]]:
    """Return file, line, header, rule and what the rule asks (Dutch) of every broken row, in order of file and line.

    Of a file that a mapping read, the line is that of the file, and the header is its own with ours in brackets; the
    file has our name, as its own is kept nowhere. Read again from the archive, the line is that of our delivery.

    Of a line with too many or too few cells the rule has their number, as `11/12`. What it asks is empty for a rule of
    another version.

    Raises:
        UnknownRun: There is no such run.
        RetentionPassed: Its term has passed.
        StagingError: The quarantine was changed.
        KeyDestroyed, KeyStoreError, PassphraseMissing: Its key is gone, or the key store does not open.
    """
    run = read_run(home, run_id)
    if is_past_term(run.received, datetime.now(UTC).date()):
        raise RetentionPassed(RETENTION_MONTHS)
    context = context_of(run)
    record_deed(home, "quarantine", Role.STEWARD, run.key_id, run=run_id)
    rows: list[tuple[str, str, str, str, str]] = []
    mappings = {mapping.source: mapping for mapping in mappings_of_run(run).files}
    for source in delivered_sources(context.profile):
        mapping = mappings.get(source)
        texts = texts_by_reason(source, profile=context.profile, peildatum=context.peildatum)
        frame = context.quarantine.persons(source.id, Identified).frame.explode(REASONS, empty_as_null=True)
        for line, cells, reason in frame.select(ROW_NUMBER, CELL_COUNT, REASONS).iter_rows():
            column, rule = reason.split(":", 1)
            named = rule if cells is None else f"{rule} {cells}"
            ours = source.header_of(column)
            header = mapping.header_in_file(ours) if mapping else ours
            rows.append((source.file_name, str(line), header, named, texts.get(reason, "")))
    return rows


def rule_counts(home: Home, run_id: str) -> list[RuleCount]:
    """Rules that rows of this run break, in order of file and column; none if it ended before they were counted.

    Raises:
        UnknownRun: There is no such run.
        RunOutdated: It was made with another version.
    """
    run = read_run(home, run_id)
    if not (run.folder / IntakeFacts.FILE).is_file():
        return []
    return [count for count in read_facts(run, IntakeFacts).counts if count.rows]
