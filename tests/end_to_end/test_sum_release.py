"""Sums from delivery to publication: once per ledger, attacked again when signed, and by anyone afterwards."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.commands.verify_wording import verified_text
from flows.pipeline import steps
from flows.registers.ledger import append, read_ledger
from flows.release.ledger_entry import enter
from flows.release.proof import prove, read_release
from flows.release.verification import verify_release
from flows.workfolder.home import Home, Run, read_run
from schemas.errors import LedgerMoved, VerificationFailed
from schemas.tables.sums import EARLIER, WITHHELD
from tests.builders.officer import list_again
from transforms.disclosure.over_time.history import Publication
from transforms.disclosure.sums.magnitude import protect_sums

EARLIER_DAY = date(2018, 7, 1)


def _with_sums(run: Run) -> Publication:
    """What another release, a year before, may have told: the same counts and some sums."""
    released, sums, profile = read_release(run.pending)
    return Publication("eerder", EARLIER_DAY, "", released, profile.threshold, sums=tuple(t.spec.id for t in sums))


def test_a_release_with_sums_is_attacked_entered_and_remembered(pending: Run, officer: Path, home: Home) -> None:
    steps.approve(pending, officer)
    release = steps.publish(pending)
    assert [one.sums for one in read_ledger(home.ledger)] == [("K01", "K02", "K03", "K04", "K05")]
    found = verify_release(release, None)
    assert found.proof.amounts.keys() == {"wmo", "traject"}
    assert found.proof.amounts["wmo"].narrowest_pct >= 10
    assert "sums        wmo: 15 cells" in verified_text(found)
    assert {"M31", "M32"} <= set(json.loads((release / "manifest.json").read_text())["measures"])


def test_a_second_release_holds_no_sums_and_says_why(pending: Run, run_flow: Callable[..., Any], home: Home) -> None:
    # Its counts are not in the ledger: beside exact ones of another day there would be no second release at all.
    append(home.ledger, replace(_with_sums(pending), tables=()))
    second = read_run(home, run_flow().run_id)
    manifest = json.loads((second.pending / "manifest.json").read_text())["sums"]
    assert manifest["tables"] == {}
    assert manifest["withheld"] == {"wmo": EARLIER, "traject": EARLIER}
    assert not [path.name for path in second.pending.iterdir() if "K0" in path.name]
    assert WITHHELD[EARLIER] in (second.pending / "rapport_nl.html").read_text()
    assert WITHHELD[EARLIER] in second.dossier.read_text()
    prove(second.pending)


def test_a_release_with_sums_that_came_between_stops_this_one(pending: Run, home: Home) -> None:
    append(home.ledger, _with_sums(pending))
    with pytest.raises(LedgerMoved, match="Run again"):
        enter(pending)
    assert [one.release for one in read_ledger(home.ledger)] == ["eerder"]


def test_a_ledger_line_from_before_there_were_sums_stays_as_it_is(pending: Run, home: Home) -> None:
    released, _, profile = read_release(pending.pending)
    append(home.ledger, Publication("oud", EARLIER_DAY, "", released, profile.threshold))
    assert '"sums"' not in (home.ledger / "ledger.jsonl").read_text()
    assert read_ledger(home.ledger)[0].sums == ()


FORGERIES = {
    "a blank sum": (
        "K02_leeftijdsklasse.csv",
        r"<27,jonger dan 27,,Q,[^\n]*",
        "<27,jonger dan 27,24853.95,A,24853.95,24853.95,,",
    ),
    "another amount": ("K03_trajectklasse.csv", r"\.00,A", ".01,A"),
    "cents instead of euros": ("K03_trajectklasse.csv", r"(\d+)\.00,A", r"\1,A"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_sums_that_were_changed_before_signing_are_not_published(name: str, pending: Run, officer: Path) -> None:
    file_name, old, new = FORGERIES[name]
    path = pending.pending / file_name
    text = path.read_text()
    path.write_text(re.sub(old, new, text, count=1))
    assert path.read_text() != text
    list_again(pending)
    steps.approve(pending, officer)
    with pytest.raises(VerificationFailed):
        steps.publish(pending)


def test_anyone_who_attacks_a_release_finds_a_sum_of_few(pending: Run) -> None:
    file_name, old, new = FORGERIES["a blank sum"]
    path = pending.pending / file_name
    path.write_text(re.sub(old, new, path.read_text(), count=1))
    list_again(pending)
    with pytest.raises(VerificationFailed, match="whose number is not"):
        verify_release(pending.pending, None)


def test_a_table_of_sums_cannot_be_left_out_of_its_amount(pending: Run) -> None:
    path = pending.pending / "manifest.json"
    manifest = json.loads(path.read_text())
    del manifest["sums"]["tables"]["K02"]
    path.write_text(json.dumps(manifest))
    for kind in ("csv", "parquet"):
        (pending.pending / f"K02_leeftijdsklasse.{kind}").unlink()
    with pytest.raises(VerificationFailed):
        prove(pending.pending)


def test_other_rules_for_sums_than_this_version_has_do_not_verify(pending: Run) -> None:
    path = pending.pending / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["sums"]["rules"]["wmo"]["contributors"] = 3
    path.write_text(json.dumps(manifest))
    with pytest.raises(VerificationFailed):
        prove(pending.pending)


def test_without_protection_of_sums_nothing_is_published(
    run_flow: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fail closed: a protection that shows everything is seen by the PIA."""
    import transforms.disclosure.sums.sum_release as module
    from pia.sabotage import _publish_all
    from schemas.errors import PiaRefusal

    def show_all(summed: Any, counted: Any, profile: Any, **_: Any) -> Any:
        made = protect_sums(summed, counted, profile)
        return replace(made, released=tuple(_publish_all(table) for table in summed))

    monkeypatch.setattr(module, "protect_sums", show_all)
    with pytest.raises(PiaRefusal) as caught:
        run_flow()
    assert caught.value.measures == ("M31",)
