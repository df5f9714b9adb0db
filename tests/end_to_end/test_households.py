"""Households from delivery to dossier: whoever shares a benefit file is one household."""

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flows.workfolder.home import Home, read_run

_SINGLE, _SINGLE_PARENT = "01", "02"


def _deliver(inbox: Path, change: Callable[[dict[str, str]], None]) -> None:
    """Change every row of participatiewet.csv."""
    path = inbox / "participatiewet.csv"
    header, *lines = path.read_bytes().decode("cp1252").split("\r\n")
    rows = [dict(zip(header.split(";"), cells, strict=True)) for cells in csv.reader(lines[:-1], delimiter=";")]
    for row in rows:
        change(row)
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)


def test_a_count_of_one_household_is_blank_and_the_officer_hears_why(
    inbox: Path, run_flow: Callable[..., Any], home: Home
) -> None:
    def share(row: dict[str, str]) -> None:
        """All single parents and most singles are one household: too large a part of most sums."""
        if row["CdLeefvorm"] == _SINGLE_PARENT or (row["CdLeefvorm"] == _SINGLE and row["Burgerservicenr"][-2:] < "70"):
            row["DossierGsd"] = "D1"

    _deliver(inbox, share)
    run = read_run(home, run_flow().run_id)
    with (run.pending / "T08_leefvorm.csv").open(newline="") as file:
        cells = {row["leefvorm"]: row for row in csv.DictReader(file)}
    assert cells[_SINGLE_PARENT]["value"] == ""
    with (run.pending / "K05_regeling.csv").open(newline="") as file:
        assert {row["regeling"]: row["value"] for row in csv.DictReader(file)}["beide"] == ""
    dossier = run.dossier.read_text()
    assert re.search(r"K05 \| Participatiewet en WMO \| huishouden \|", dossier)
    assert re.search(r"T08[^\n]*alleenstaande ouder[^\n]*1 tot en met 4 huishoudens", dossier)
    assert re.search(r"M34[^\n]*0 aantallen van genoeg inwoners maar minder dan 5 huishoudens", dossier)
