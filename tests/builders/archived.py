"""Deliveries in an archive, as after a run from the inbox, and what is read there."""

from dataclasses import replace
from pathlib import Path

import polars as pl

from flows.custody.keys import secret_for
from flows.runs.archive import archive, archived_files, keep, note_read
from flows.workfolder.home import Run
from schemas.sources import SOURCES
from schemas.specs import SourceSpec
from transforms.intake.delivery import blank_unread_cells, drop_lines, read_delivery


def archived_by_hand(run: Run, inbox: Path) -> Run:
    """Put deliveries in the archive as what a run read."""
    secret = secret_for(run.home, run.key_id)
    for source in SOURCES:
        content = (inbox / source.file_name).read_bytes()
        (run.home.inbox / source.file_name).write_bytes(content)
        readable = blank_unread_cells(drop_lines(content, read_delivery(content, source).excluded), source)
        keep(run, secret, source, readable)
        note_read(run, source.file_name, content)
    archive(replace(run, deliveries=run.home.inbox))
    assert list(run.home.inbox.iterdir()) == []
    return run


def archive_of(run: Run) -> dict[str, bytes]:
    """What a run archived, by source."""
    content = archived_files(run.home, run.run_id)
    return {source.id: content(source) for source in SOURCES}


def rows_of(content: bytes, source: SourceSpec) -> pl.DataFrame:
    return read_delivery(content, source).frame
