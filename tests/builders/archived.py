"""A run of which the deliveries were archived, as after a run from the inbox."""

from dataclasses import replace
from pathlib import Path

from flows.custody.keys import secret_for
from flows.runs.archive import archive, keep
from flows.workfolder.home import Run
from schemas.sources import SOURCES
from transforms.intake.delivery import blank_unread_cells, read_delivery, without_lines


def archived_by_hand(run: Run, inbox: Path) -> Run:
    """Put deliveries in the archive as what a run read."""
    secret = secret_for(run.home, run.key_id)
    for source in SOURCES:
        content = (inbox / source.file_name).read_bytes()
        (run.home.inbox / source.file_name).write_bytes(content)
        readable = blank_unread_cells(without_lines(content, read_delivery(content, source).excluded), source)
        keep(replace(run, deliveries=run.home.inbox), secret, source, content, readable)
    archive(replace(run, deliveries=run.home.inbox))
    assert list(run.home.inbox.iterdir()) == []
    return run
