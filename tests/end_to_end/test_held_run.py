"""A run with deliveries that are not plausible: held, seen by `check`, and made with the steward's reason."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from flows.commands.tools.check import check
from flows.runs.facts import PlausibilityFacts, read_facts
from flows.workfolder.home import Home, read_run
from sample_data.generate import deliveries
from schemas.errors import DeliveriesImplausible, DeliveriesNotAgreed, ReasonUnusable

NEXT_QUARTER = date(2019, 10, 1)
REASON = "Het archief van de oude afdeling is opgeschoond, zie besluit 12"
Flow = Callable[..., Any]


def _deliver(home: Home, *, without: int = 0) -> None:
    """Fill the inbox for the next quarter, without part of the benefits."""
    for name, content in deliveries(peildatum=NEXT_QUARTER).items():
        lines = content.splitlines(keepends=True)
        left = lines[: len(lines) - without] if name == "participatiewet.csv" else lines
        (home.inbox / name).write_bytes(b"".join(left))


def test_half_a_file_is_held_until_the_steward_says_why(home: Home, run_flow: Flow, sample: Any) -> None:
    for name, content in sample.items():
        (home.inbox / name).write_bytes(content)
    first = read_run(home, run_flow(deliveries=None, profile="kwartaal").run_id)
    assert read_facts(first, PlausibilityFacts).doubts == ()
    assert "Aannemelijkheid: niets bijzonders" in first.dossier.read_text()
    _deliver(home, without=250)
    with pytest.raises(DeliveriesNotAgreed) as checked:
        check(home.inbox, peildatum=NEXT_QUARTER)
    problems = [problem for file in checked.value.files for problem in file.problems if problem.stops]
    assert {problem.rule for problem in problems} == {"aantal"}
    with pytest.raises(DeliveriesImplausible, match="participatiewet, alle rijen: het aantal rijen is"):
        run_flow(deliveries=None, peildatum=NEXT_QUARTER, profile="kwartaal")
    assert len(list(home.inbox.iterdir())) == len(sample)  # the deliveries wait where they were
    held = run_flow(deliveries=None, peildatum=NEXT_QUARTER, profile="kwartaal", reason=REASON)
    dossier = held.dossier.read_text()
    assert f"Reden van de datasteward: {REASON}." in dossier
    assert "| participatiewet | alle rijen | het aantal rijen is" in dossier
    again = run_flow(deliveries=None, peildatum=NEXT_QUARTER, profile="kwartaal", archived=held.run_id)
    assert "zie het dossier daarvan" in again.dossier.read_text()


def test_the_same_numbers_of_the_next_quarter_are_plausible(home: Home, run_flow: Flow, sample: Any) -> None:
    for name, content in sample.items():
        (home.inbox / name).write_bytes(content)
    run_flow(deliveries=None, profile="kwartaal")
    _deliver(home)
    assert check(home.inbox, peildatum=NEXT_QUARTER)["files"]


@pytest.mark.parametrize(
    "reason", ["x" * 501, "<b>", "Het gaat om 999990019", "Zie jan@voorbeeld.nl", "Zie 9999 00019", "a\nb"]
)
def test_a_reason_that_may_name_somebody_is_refused(reason: str, home: Home, run_flow: Flow) -> None:
    with pytest.raises(ReasonUnusable) as refused:
        run_flow(reason=reason)
    assert reason not in str(refused.value)
    assert not list((home.root / "runs").iterdir())
