"""The request of a researcher: TOML to a question, and a question to TOML. Text from outside: no error repeats it."""

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
from schemas.tables.asked import ASKABLE, POPULATIONS
from schemas.tables.sums import AMOUNTS
from transforms.inspection.tables.identifiers import identifiers_in

MAXIMUM_BYTES = 10_000
"""A request is a few lines."""

TABLE = "verzoek"
_TEXTS = {"titel": MAXIMUM_TITLE, "reden": MAXIMUM_REASON}
_NEEDED = (*_TEXTS, "maat", "populatie", "dimensies")
_KEYS = (*_NEEDED, "peildatum")
_SENTENCE = re.compile(r"[^\W_](?:[^\W_]|[ ,.;:?!()'\"%&+/\u2019\u201c\u201d\u20ac-])*")
"""No sign that means something in Markdown, HTML or a spreadsheet: the title stands in all of them."""


@dataclass(frozen=True)
class Request:
    """A question, and the peildatum that it is about if it names one."""

    question: Question
    peildatum: date | None


def read_request(content: bytes) -> Request:
    """The request in a file.

    Raises:
        RequestUnreadable: It is no request: TOML, keys, types, lengths, doubled dimensions, date.
        RequestUnknown: It names what is not declared.
        RequestNamesPerson: Title or reason seems to hold an identifier.
    """
    given = _table(content)
    _require_keys(given)
    title, reason = (_sentence(given, key) for key in _TEXTS)
    # An amount is read, to be refused with the rule that forbids it.
    amounts = [amount.id for amount in AMOUNTS]
    measure = given["maat"] if given["maat"] in amounts else _declared(given, "maat", [COUNTS])
    population = _declared(given, "populatie", list(POPULATIONS))
    return Request(Question(title, reason, measure, population, _dimensions(given)), _peildatum(given))


def toml_of(question: Question) -> str:
    """The lines of a request that say what is asked; title and reason stay the researcher's own."""
    listed = ", ".join(json.dumps(name) for name in question.dimensions)
    return (
        f"maat = {json.dumps(question.measure)}\npopulatie = {json.dumps(question.population)}\ndimensies = [{listed}]"
    )


def _table(content: bytes) -> Mapping[str, Any]:
    if len(content) > MAXIMUM_BYTES:
        raise RequestUnreadable(f"is larger than {MAXIMUM_BYTES} bytes")
    # A library's error quotes the text that it fell over.
    with suppress(ValueError, RecursionError):
        found = tomllib.loads(content.decode("utf-8-sig"))
        if found.keys() == {TABLE} and isinstance(found[TABLE], dict):
            return dict(found[TABLE])
    raise RequestUnreadable(f"is no TOML in UTF-8 with one table [{TABLE}]")


def _require_keys(given: Mapping[str, Any]) -> None:
    if given.keys() - set(_KEYS):
        raise RequestUnreadable(f"has a key that a request does not have; its keys are {', '.join(_KEYS)}")
    if missing := [key for key in _NEEDED if key not in given]:
        raise RequestUnreadable(f"misses {', '.join(missing)}")


def _sentence(given: Mapping[str, Any], key: str) -> str:
    text = given[key]
    if not isinstance(text, str) or not text.strip():
        raise RequestUnreadable(f"has no text under {key}")
    if len(text) > _TEXTS[key]:
        raise RequestUnreadable(f"has more than {_TEXTS[key]} signs under {key}")
    if kinds := identifiers_in(text):
        raise RequestNamesPerson(key, kinds)
    if not _SENTENCE.fullmatch(text.strip()):
        raise RequestUnreadable(f"has other signs than letters, digits and those of a sentence under {key}, or a break")
    return text.strip()


def _declared(given: Mapping[str, Any], key: str, known: Sequence[str]) -> str:
    if given[key] not in known:
        raise RequestUnknown(key, known)
    return str(given[key])


def _dimensions(given: Mapping[str, Any]) -> tuple[str, ...]:
    names = given["dimensies"]
    if not isinstance(names, list) or not 1 <= len(names) <= MAXIMUM_DIMENSIONS:
        raise RequestUnreadable(f"has no list of one to {MAXIMUM_DIMENSIONS} names under dimensies")
    known = {one.dimension.name for one in ASKABLE}
    if any(not isinstance(name, str) or name not in known for name in names):
        raise RequestUnknown("dimensies", [one.dimension.name for one in ASKABLE if one.is_open])
    if len(set(names)) < len(names):
        raise RequestUnreadable("names a dimension twice")
    return tuple(names)


def _peildatum(given: Mapping[str, Any]) -> date | None:
    day = given.get("peildatum")
    if day is None:
        return None
    with suppress(TypeError, ValueError):
        if not isinstance(day, datetime):
            return day if isinstance(day, date) else date.fromisoformat(day)
    raise RequestUnreadable("has a peildatum that is no date; dates are written 2019-07-01")
