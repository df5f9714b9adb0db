"""The canaries: values of invented persons that must never be written anywhere, and the search for them."""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

NAME = "Quïrijnelle-Xanthippë"
SURNAME = "Zwäluwenstaartjes"
STREET = "Kanariepietenhöfje"
NOTE = "fluisterwoord honingdrupsel"
BSN_GOOD = "999934971"
BSN_BROKEN = "999912349"
BIRTH_DATE = "29-02-1964"
POSTCODE = "5261 QZ"

_NINE_DIGITS = re.compile(rb"(?=([0-9]{9}))")
_HEX = re.compile(rb"[0-9A-Fa-f]{14,}")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{12,}")

CANARIES = (NAME, SURNAME, STREET, NOTE, BSN_GOOD, BSN_BROKEN, BIRTH_DATE, POSTCODE)


def plant(deliveries: Mapping[str, bytes], folder: Path) -> None:
    """Write the deliveries with the canaries in good rows, a broken row and free text."""
    folder.mkdir(parents=True)
    for name, content in deliveries.items():
        (folder / name).write_bytes(content + "".join(planted(name)).encode("cp1252"))


def planted(name: str) -> Iterator[str]:
    """The rows of a delivery with the canaries: one that is good, and one with a broken number."""
    person = f"{NAME};van;{SURNAME};2;{BIRTH_DATE};{STREET};7 bis;{POSTCODE}"
    note = f"{NOTE} {NAME} {BSN_GOOD}"
    for bsn in (BSN_GOOD, BSN_BROKEN):
        number = f"99990{bsn[-1]}"
        yield {
            "participatiewet.csv": f"0865;{bsn};{person};01;{SURNAME};PW;01-02-2014;;9,50;J;00;N;01-03-2019;{note}\r\n",
            "wmo.csv": f"0865;{bsn};{person};{number};07;01-02-2015;;4;16;2;46,15;ZIN;{note};01-02-2015;09:30:00\r\n",
            "trajecten.csv": f"0865;{bsn};30;lokaal;{SURNAME};01-02-2018;;;;48,5;1200,00;{note}\r\n",
            "participatieladder.csv": f"0865;{bsn};3;01-03-2019;{SURNAME};{note}\r\n",
            "declaraties.csv": f"0865;{bsn};{number};07;01-05-2019;31-05-2019;16;16;184,60;D;P{bsn[-1]};\r\n",
            "zrm.csv": f"0865;{bsn};tijdsbesteding;2;01-03-2019;{SURNAME}\r\n",
            "ogdb.csv": f"0865;{bsn};01-03-2019;lopend;oad;01-04-2019;;12;4-8;250,00;;{note}\r\n",
            "ogdb_doelen.csv": f"0865;{bsn};1;werk_opleiding;01-04-2019;\r\n",
        }[name]


def hits(root: Path, values: Iterable[str], *, skip: Iterable[Path] = ()) -> list[tuple[str, str]]:
    """Files below root that hold a value in some form, with the value; file names are searched too."""
    searched = {needle: value for value in values for needle in _needles(value)}
    return [
        (name, value)
        for name, content in _files(root, skip)
        for view in _views(content)
        for needle, value in searched.items()
        if needle in view
    ]


def bsn_hits(root: Path, bsns: Iterable[str], *, skip: Iterable[Path] = ()) -> list[tuple[str, str]]:
    """The same for many BSNs: every run of nine digits is compared with the whole set."""
    wanted = set(bsns)
    return [
        (name, bsn)
        for name, content in _files(root, skip)
        for view in _views(content)
        for text in (view, view.replace(b"\x00", b""))
        for bsn in wanted & {run.decode() for run in _NINE_DIGITS.findall(text)}
    ]


def _files(root: Path, skip: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    skipped = tuple(skip)
    for path in sorted(root.rglob("*")):
        if path.is_file() and not any(path.is_relative_to(folder) for folder in skipped):
            name = str(path.relative_to(root))
            yield name, path.read_bytes() + name.encode()


def _needles(value: str) -> set[bytes]:
    """A value in three encodings and as an escape, in upper and lower case."""
    texts = (value.lower(), value.upper())
    encoded = {text.encode(encoding).lower() for text in texts for encoding in ("utf-8", "cp1252", "utf-16-le")}
    return encoded | {text.encode("unicode_escape").lower() for text in texts}


def _views(content: bytes) -> Iterator[bytes]:
    """The bytes as they are and as decoded from hex and base64 at every alignment; ASCII in lower case."""
    yield content.lower()
    for run in _HEX.findall(content):
        yield binascii.unhexlify(run[: len(run) // 2 * 2]).lower()
        yield binascii.unhexlify(run[1 : 1 + (len(run) - 1) // 2 * 2]).lower()
    for start in range(4):
        groups = (run[start : start + (len(run) - start) // 4 * 4] for run in _BASE64.findall(content))
        yield b"\n".join(base64.urlsafe_b64decode(group) for group in groups).lower()
