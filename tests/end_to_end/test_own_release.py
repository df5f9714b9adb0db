"""`inspect` on what we publish ourselves, and on folders as others hand them over."""

import csv
import io
import json
from pathlib import Path

import pytest

from flows.commands.tools.inspection import inspect, read_tables
from flows.pipeline import steps
from flows.workfolder.home import Run
from schemas.errors import EmptyTable
from tests.builders.inspected import findings_in, given_table, schema_of
from transforms.inspection import findings


@pytest.fixture
def release(pending: Run, officer: Path) -> Path:
    steps.approve(pending, officer)
    return steps.publish(pending)


def test_our_own_release_has_no_findings(release: Path, capsys: pytest.CaptureFixture[str]) -> None:
    read = list(read_tables(release))
    # CSV and sheets: every table twice, and the sheet that explains.
    assert len(read) == 2 * len(list(release.glob("*.csv"))) + 1
    inspect(release)
    said = capsys.readouterr().out
    assert "Geen bevindingen" in said
    assert "niet gevoelig" in said
    assert "trede" not in said.partition("niet gevoelig")[2]


def test_a_small_count_in_our_own_table_is_found(release: Path) -> None:
    """Not blind to our own form: a withheld cell that shows its count after all."""
    path = next(release.glob("T05*.csv"))
    rows = list(csv.reader(io.StringIO(path.read_text())))
    place = next(place for place, row in enumerate(rows) if "Q" in row)
    rows[place][2:4] = ["3", "A"]
    path.write_text("".join(",".join(row) + "\n" for row in rows))
    hits = findings(list(read_tables(release)))
    assert {"small-count"} <= {one.rule for one in hits}
    assert {one.column for one in hits if one.rule == "small-count"} == {"value"}


def test_an_interval_counts_nobody_only_beside_a_status() -> None:
    text = "wijk;aantal inwoners;{};ten minste;ten hoogste\nNoord;onderdrukt;Q;3;14\nZuid;40;A;40;40\n"
    assert findings_in(text.format("status")) == []
    assert findings_in(text.format("inkomen")) != []


def test_what_a_data_package_says_of_sensitivity_goes_before_words() -> None:
    text = "groep;kleur;aantal\n" + "".join(
        f"{group};{colour};{count}\n"
        for group, counts in {"oud": (50, 0, 50), "jong": (30, 40, 70), "totaal": (80, 40, 120)}.items()
        for colour, count in zip(("rood", "blauw", "totaal"), counts, strict=True)
    )

    def told(**of: dict[str, object]) -> set[tuple[str, str]]:
        schema = schema_of(groep={}, aantal={"unit": "personen"}, **of)
        return {(one.rule, one.severity) for one in findings_in(given_table(text, schema=schema))}

    assert told(kleur={}) == {("group-disclosure", "low")}
    assert ("group-disclosure", "high") in told(kleur={"sensitive": True})
    schema = schema_of(groep={"sensitive": False}, kleur={"sensitive": False}, aantal={"unit": "personen"})
    assert findings_in(given_table(text, schema=schema)) == []
    # It silences no other rule.
    small = given_table(text.replace(";40\n", ";4\n", 1), schema=schema)
    assert "small-count" in {one.rule for one in findings_in(small)}


def test_folders_below_are_read_and_what_is_described_there_once(tmp_path: Path) -> None:
    for name in ("b.csv", "onder/c.csv", "onder/dieper/d.csv", ".geheim/e.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("wijk;aantal\nNoord;40\n")
    (tmp_path / "datapackage.json").write_text(
        json.dumps({"resources": [{"path": "onder/c.csv", "title": "Inwoners"}]})
    )
    (tmp_path / "onder" / "rondje").symlink_to(tmp_path)
    read = list(read_tables(tmp_path))
    assert [one.name for one in read] == ["b", "c", "d"]
    assert [one.resource.get("title") for one in read] == [None, "Inwoners", None]


def test_an_empty_file_in_a_folder_is_refused_and_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("wijk;aantal\nNoord;40\n")
    (tmp_path / "onder").mkdir()
    (tmp_path / "onder" / "leeg.csv").write_bytes(b"")
    with pytest.raises(EmptyTable, match="leeg"):
        list(read_tables(tmp_path))
