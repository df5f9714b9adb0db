"""Two quarters through the whole flow and the command line: some residents left, others came."""

import csv
import io
import json
from datetime import date
from pathlib import Path

from flows import steps
from flows.cli import main
from flows.home import Home, recorded_run
from flows.inspection import read_tables
from flows.ledger import read
from tests.later import later
from transforms.inspection import findings

OCTOBER = date(2019, 10, 1)


def test_two_quarters_tell_what_changed_and_of_whom_nothing(
    run_flow, home: Home, officer: Path, inbox: Path, sample, tmp_path: Path
) -> None:
    releases = []
    for peildatum in (date(2019, 7, 1), OCTOBER):
        outcome = run_flow(profile="kwartaal", peildatum=peildatum)
        run = recorded_run(home, outcome.run_id)
        steps.approve(run, officer)
        releases.append(steps.publish(run))
        for name, content in later(sample, leavers=70, joiners=5, peildatum=OCTOBER).items():
            (inbox / name).write_bytes(content)
    out = tmp_path / "vergelijking"
    main(["compare", *map(str, releases), "--key", str(home.officer_public_key), "--out", str(out)])
    rows = {row["regeling"]: row for row in csv.DictReader(io.StringIO((out / "T01_regeling.csv").read_text()))}
    # 300 had a benefit; 70 left, 5 came, and some benefits ended.
    pwet = rows["pwet_totaal"]
    assert (pwet["value_before"], pwet["status"]) == ("300", "minder")
    assert int(pwet["change_low"]) <= -65 <= int(pwet["change_high"]) <= -10
    assert rows["beide"]["status"] == "niet_aantoonbaar"
    small = [
        row
        for path in out.glob("T*.csv")
        for row in csv.DictReader(io.StringIO(path.read_text()))
        if 1 <= int(row["change_low"] or 0) <= 9 or -9 <= int(row["change_high"] or 0) <= -1
    ]
    assert small == []
    assert json.loads((out / "herkomst.json").read_bytes())["left_out"] == {}
    assert "Aantoonbaar minder: Totaal" in (out / "rapport_nl.html").read_text()
    assert findings(list(read_tables(out)), threshold=10) == []
    # Comparing publishes nothing and needs no work folder.
    assert len(read(home.ledger)) == 2
