"""Facts between steps are records of one form; what has another is not read by guess."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from flows.runs.facts import FORM, IntakeFacts, LinkFacts, ProtectionFacts, Record, SumFacts, read_facts, write_facts
from flows.workfolder.home import Run
from schemas.errors import RunOutdated
from schemas.sources import SOURCES

RECORDS = (IntakeFacts, LinkFacts, ProtectionFacts, SumFacts)


@pytest.mark.parametrize("kind", RECORDS)
def test_what_a_run_noted_is_read_and_written_again_as_it_was(kind: type[Record], pending: Run) -> None:
    before = (pending.folder / kind.FILE).read_bytes()
    facts = read_facts(pending, kind)
    write_facts(pending, facts)
    assert (pending.folder / kind.FILE).read_bytes() == before
    assert read_facts(pending, kind) == facts


def test_the_facts_of_intake_are_of_every_source(pending: Run) -> None:
    assert [one.source for one in read_facts(pending, IntakeFacts).delivered] == [source.id for source in SOURCES]


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "another form": lambda noted: noted.update(form=FORM + 1),
    "no form": lambda noted: noted.pop("form"),
    "a field more": lambda noted: noted["facts"]["counts"][0].update(more=1),
    "a field less": lambda noted: noted["facts"]["counts"][0].pop("rows"),
    "another type": lambda noted: noted["facts"]["counts"][0].update(rows="veel"),
    "a number as text": lambda noted: noted["facts"]["counts"][0].update(rows="12"),
    "no facts": lambda noted: noted.pop("facts"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_facts_of_another_form_are_refused(change: Callable[[dict[str, Any]], object], pending: Run) -> None:
    path = pending.folder / LinkFacts.FILE
    noted = json.loads(path.read_bytes())
    change(noted)
    path.write_text(json.dumps(noted))
    with pytest.raises(RunOutdated):
        read_facts(pending, LinkFacts)


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b'{"form": 1'])
def test_a_damaged_file_of_facts_is_refused(content: bytes, pending: Run) -> None:
    (pending.folder / LinkFacts.FILE).write_bytes(content)
    with pytest.raises(RunOutdated):
        read_facts(pending, LinkFacts)
