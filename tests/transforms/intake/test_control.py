"""What a supplier says of a delivery must be true, and nothing that is said goes unchecked."""

from collections.abc import Callable, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from flows.workfolder.deliveries import erase_from_inbox
from flows.workfolder.home import Home
from flows.workfolder.inbox import read_control_file
from pia.checks.lines import count_rows
from schemas.control import CONTROL_FILE
from schemas.errors import ControlUnreadable, TotalsDiffer
from schemas.sources import SOURCES
from schemas.sources.declaraties import SOURCE
from transforms.intake.control import read_control, require_period, require_totals
from transforms.intake.delivery import read_delivery

CLAIMS = "\n".join(
    [
        ";".join(SOURCE.headers[:-2]),
        "0865;999990019;19020000;07;01-05-2019;31-05-2019;8;16;1.320,00;D",
        "0865;999990019;19020000;07;01-05-2019;31-05-2019;8;16;20,50;C",
        "",
    ]
).encode()


def _judge(said: str) -> None:
    delivered = read_delivery(CLAIMS, SOURCE)
    require_totals(read_control(said.encode()), CLAIMS, delivered, count_rows(CLAIMS), SOURCE)


def test_what_is_true_passes() -> None:
    _judge("")
    _judge("\ufeff[declaraties]\nregels = 2")  # as an editor on Windows saves it
    _judge(f'[declaraties]\nregels = 2\nbedrag = "1340,50"\nsha256 = "{sha256(CLAIMS).hexdigest().upper()}"')


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("regels = 3", "3 rows of declaraties.csv, but the file has 2"),
        ('bedrag = "1299,50"', "sum of amounts of declaraties.csv"),
        (f'sha256 = "{"0" * 64}"', "SHA-256 of declaraties.csv"),
    ],
)
def test_what_is_not_true_stops(said: str, told: str) -> None:
    with pytest.raises(TotalsDiffer, match=told) as caught:
        _judge(f"[declaraties]\n{said}")
    assert "1340" not in str(caught.value)


@pytest.mark.parametrize(
    "said",
    [
        "regels", "[uitkeringen]\nregels = 1", "[declaraties]\nrijen = 1", "[declaraties]\nregels = '1'",
        "[declaraties]\nregels = true", "[declaraties]\nbedrag = 1340.50", "[declaraties]\nbedrag = '1340.50'",
        "[wmo]\nbedrag = '1,00'", "van = 2019", "van = 2019-01-01T00:00:00", "declaraties = 2", "x = \"\xff\"",
    ],
)  # fmt: skip
def test_what_cannot_be_checked_is_refused(said: str) -> None:
    with pytest.raises(ControlUnreadable):
        read_control(said.encode("latin-1"))


def test_the_peildatum_lies_in_the_period_that_is_said() -> None:
    control = read_control(b"van = 2019-04-01\ntot = 2019-07-01")
    require_period(control, date(2019, 7, 1))
    for day in (date(2019, 3, 31), date(2019, 7, 2)):
        with pytest.raises(TotalsDiffer):
            require_period(control, day)


def test_a_run_reads_it_and_says_what_differs(run_flow: Callable[..., Any], inbox: Path) -> None:
    (inbox / CONTROL_FILE).write_text("[zrm]\nregels = 1")
    with pytest.raises(TotalsDiffer, match="1 rows of zrm"):
        run_flow()


def test_what_is_said_of_a_file_goes_when_somebody_is_erased_from_it(home: Home, sample: Mapping[str, bytes]) -> None:
    content = sample[SOURCES[0].file_name]
    somebody = read_delivery(content, SOURCES[0]).frame["bsn"][0]
    (home.inbox / SOURCES[0].file_name).write_bytes(content)
    (home.inbox / CONTROL_FILE).write_text(f"[{SOURCES[0].id}]\nregels = {count_rows(content)}")
    assert erase_from_inbox(home, "999990019") == 0
    assert read_control_file(home.inbox)[1].totals
    assert erase_from_inbox(home, somebody) > 0
    assert not read_control_file(home.inbox)[1].totals
