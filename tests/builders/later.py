"""A later delivery by hand: the sample of residents, after some of them left and others came."""

import csv
import io
from collections.abc import Mapping
from datetime import date

from sample_data.generate import ENCODING, deliveries

BSN = 1
"""Place of the number in every delivery, after the municipality's code."""


def later(sample: Mapping[str, bytes], *, leavers: int, joiners: int, peildatum: date) -> dict[str, bytes]:
    """The deliveries without the rows of some residents, and with those of others.

    Args:
        leavers: So many who have benefits under the Participatiewet and are in no other regeling.
        joiners: So many as well, from another sample of that peildatum.
    """
    other = deliveries(seed=2020, peildatum=peildatum)
    gone = set(_only_pwet(sample)[:leavers])
    come = [bsn for bsn in _only_pwet(other) if bsn not in _everybody(sample)][:joiners]
    return {name: _merged(content, other[name], gone, set(come)) for name, content in sample.items()}


def _merged(ours: bytes, theirs: bytes, gone: set[str], come: set[str]) -> bytes:
    header, *rows = _rows(ours)
    kept = [row for row in rows if row[BSN] not in gone]
    text = io.StringIO(newline="")
    added = [row for row in _rows(theirs)[1:] if row[BSN] in come]
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([header, *kept, *added])
    return text.getvalue().encode(ENCODING)


def _only_pwet(sample: Mapping[str, bytes]) -> list[str]:
    """With a benefit that has no end, and no WMO."""
    header, *rows = _rows(sample["participatiewet.csv"])
    end = header.index("DatE")
    in_wmo = set(_column(sample["wmo.csv"]))
    seen = [row[BSN] for row in rows if not row[end]]
    return sorted(bsn for bsn in set(seen) if bsn not in in_wmo and seen.count(bsn) == 1 and len(bsn) == 9)


def _everybody(sample: Mapping[str, bytes]) -> set[str]:
    return {bsn for content in sample.values() for bsn in _column(content)}


def _column(content: bytes) -> list[str]:
    return [row[BSN] for row in _rows(content)[1:]]


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(ENCODING), newline=""), delimiter=";"))
