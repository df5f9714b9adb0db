"""Two quarters through the whole flow and the command line: some residents left, others came."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from flows.commands.cli import main
from flows.commands.tools.inspection import read_tables
from flows.pipeline import steps
from flows.registers.ledger import read_ledger
from flows.workfolder.home import Home, read_run
from tests.builders.later import later
from transforms.inspection import findings

OCTOBER = date(2019, 10, 1)


@pytest.mark.nightly
def test_two_quarters_tell_what_changed_and_of_whom_nothing(
    run_flow, home: Home, officer: Path, inbox: Path, sample, tmp_path: Path
) -> None:
    releases = []
    for peildatum in (date(2019, 7, 1), OCTOBER):
        outcome = run_flow(profile="kwartaal", peildatum=peildatum)
        run = read_run(home, outcome.run_id)
        steps.approve(run, officer)
        releases.append(steps.publish(run))
        for name, content in later(sample, leavers=12, joiners=8, peildatum=OCTOBER).items():
            (inbox / name).write_bytes(content)
    out = tmp_path / "vergelijking"
    main(["compare", *map(str, releases), "--key", str(home.officer_public_key), "--out", str(out)])
    rows = {row["regeling"]: row for row in csv.DictReader(io.StringIO((out / "T01_regeling.csv").read_text()))}
    # 12 left and 8 came, and some benefits ended: too few to be told, whatever the rounded counts are.
    assert {row["status"] for row in rows.values()} == {"niet_aantoonbaar"}
    assert rows["pwet_totaal"]["value_before"] == "300"
    risks = csv.DictReader(io.StringIO((out / "T19_risico.csv").read_text()))
    # The last contact of many was in the summer of the year before.
    contact = next(row for row in risks if row["risico"] == "contact")
    assert contact["status"] == "meer"
    assert int(contact["change_low"]) >= 10
    small = [
        row
        for path in out.glob("T*.csv")
        for row in csv.DictReader(io.StringIO(path.read_text()))
        if 1 <= int(row["change_low"] or 0) <= 9 or -9 <= int(row["change_high"] or 0) <= -1
    ]
    assert small == []
    assert json.loads((out / "herkomst.json").read_bytes())["left_out"] == {}
    report = (out / "rapport_nl.html").read_text()
    assert "Aantoonbaar meer: langer dan twaalf maanden geen contact (van 20 naar" in report
    assert "Geen aantoonbare verandering: Totaal (430 en" in report
    assert findings(list(read_tables(out)), threshold=10) == []
    # Comparing publishes nothing and needs no work folder.
    assert len(read_ledger(home.ledger)) == 2
