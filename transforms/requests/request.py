"""Requests of researchers as TOML.

The text comes from outside: no error repeats it.
"""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from schemas.errors import RequestNamesPerson, RequestUnknown, RequestUnreadable
from schemas.specs.question import COUNTS, MAXIMUM_DIMENSIONS, MAXIMUM_REASON, MAXIMUM_TITLE, Question
from schemas.tables.question import ASKABLE, POPULATIONS
from schemas.tables.sums import AMOUNTS
from transforms.inspection.tables.identifiers import identifiers_in

MAXIMUM_BYTES = 10_000
"""Most bytes of a request, which is a few lines."""

TABLE = "verzoek"
_TEXTS = {"titel": MAXIMUM_TITLE, "reden": MAXIMUM_REASON}
_NEEDED = (*_TEXTS, "maat", "populatie", "dimensies")
_KEYS = (*_NEEDED, "peildatum")
_SENTENCE = re.compile(r"[^\W_](?:[^\W_]|[ ,.;:?!()'\"%&+/\u2019\u201c\u201d\u20ac-])*")
"""Without signs that have a meaning in Markdown, HTML or a spreadsheet, as the title is shown in all of them."""


@dataclass(frozen=True)
class Request:
    """A question, with its peildatum if it names one."""

    question: Question
    peildatum: date | None


def read_request(content: bytes) -> Request:
    """Read the request in a file.

    Raises:
        RequestUnreadable: It is no request: TOML, keys, types, lengths, doubled dimensions, date.
        RequestUnknown: It uses a name that is not declared.
        RequestNamesPerson: Title or reason seems to hold an identifier.
    """
    table = _table(content)
    _require_keys(table)
    title, reason = (_sentence(table, key) for key in _TEXTS)
    # A request for an amount is read, so that it is refused with the rule that forbids it.
    amounts = [amount.id for amount in AMOUNTS]
    measure = table["maat"] if table["maat"] in amounts else _declared_name(table, "maat", [COUNTS])
    population = _declared_name(table, "populatie", list(POPULATIONS))
    return Request(Question(title, reason, measure, population, _dimensions(table)), _peildatum(table))


def toml_of(question: Question) -> str:
    """Return the lines of a request for a question; title and reason remain the researcher's own."""
    listed = ", ".join(json.dumps(name) for name in question.dimensions)
    return (
        f"maat = {json.dumps(question.measure)}\npopulatie = {json.dumps(question.population)}\ndimensies = [{listed}]"
    )


def _table(content: bytes) -> Mapping[str, Any]:
    """Return the table of a request.

    Raises `RequestUnreadable` without any of its text.
    """
    if len(content) > MAXIMUM_BYTES:
        raise RequestUnreadable(f"is larger than {MAXIMUM_BYTES} bytes")
    # The library's error quotes the text that it could not read.
    with suppress(ValueError, RecursionError):
        document = tomllib.loads(content.decode("utf-8-sig"))
        if document.keys() == {TABLE} and isinstance(document[TABLE], dict):
            return dict(document[TABLE])
    raise RequestUnreadable(f"is no TOML in UTF-8 with one table [{TABLE}]")


def _require_keys(table: Mapping[str, Any]) -> None:
    """Raise unless a request has all keys, and no others."""
    if table.keys() - set(_KEYS):
        raise RequestUnreadable(f"has a key that a request does not have; its keys are {', '.join(_KEYS)}")
    if missing := [key for key in _NEEDED if key not in table]:
        raise RequestUnreadable(f"misses {', '.join(missing)}")


def _sentence(table: Mapping[str, Any], key: str) -> str:
    """Return a title or reason.

    Raises `RequestUnreadable`, or `RequestNamesPerson` if it seems to hold an identifier.
    """
    text = table[key]
    if not isinstance(text, str) or not text.strip():
        raise RequestUnreadable(f"has no text under {key}")
    if len(text) > _TEXTS[key]:
        raise RequestUnreadable(f"has more than {_TEXTS[key]} signs under {key}")
    if kinds := identifiers_in(text):
        raise RequestNamesPerson(key, kinds)
    if not is_sentence(text):
        raise RequestUnreadable(f"has other signs than letters, digits and those of a sentence under {key}, or a break")
    return text.strip()


def is_sentence(text: str) -> bool:
    """Return whether a text from outside can be printed anywhere."""
    return _SENTENCE.fullmatch(text.strip()) is not None


def _declared_name(table: Mapping[str, Any], key: str, names: Sequence[str]) -> str:
    """Return a value that is one of the declared names, or raise `RequestUnknown`."""
    if table[key] not in names:
        raise RequestUnknown(key, names)
    return str(table[key])


def _dimensions(table: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the dimensions of a request, or raise."""
    names = table["dimensies"]
    if not isinstance(names, list) or not 1 <= len(names) <= MAXIMUM_DIMENSIONS:
        raise RequestUnreadable(f"has no list of one to {MAXIMUM_DIMENSIONS} names under dimensies")
    askable = {entry.dimension.name for entry in ASKABLE}
    if any(not isinstance(name, str) or name not in askable for name in names):
        raise RequestUnknown("dimensies", [entry.dimension.name for entry in ASKABLE if entry.is_open])
    if len(set(names)) < len(names):
        raise RequestUnreadable("names a dimension twice")
    return tuple(names)


def _peildatum(table: Mapping[str, Any]) -> date | None:
    """Return the peildatum of a request; None if it names none."""
    day = table.get("peildatum")
    if day is None:
        return None
    with suppress(TypeError, ValueError):
        if not isinstance(day, datetime):
            return day if isinstance(day, date) else date.fromisoformat(day)
    raise RequestUnreadable("has a peildatum that is no date; dates are written 2019-07-01")
