"""The manifest of a release: what is in it, what it was held to, with which key and versions."""

import json
import platform
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from importlib.metadata import version
from typing import Any

from flows.custody.secret import Secret
from flows.registers.chain import Head
from flows.release.publication import list_files, release_id
from flows.screen import escape_controls
from pia.measures import MEASURES
from schemas.errors import VerificationFailed
from schemas.profiles import PROFILES
from schemas.tables import tables_of
from schemas.tables.sums import AMOUNTS
from transforms.disclosure import Audit
from transforms.disclosure.sums.sum_release import SumRelease
from transforms.package.files import ReleaseContent

FORMAT = "bestandsanalyse-manifest/2"
_LIBRARIES = (
    "bestandsanalyse",
    "cryptography",
    "highspy",
    "pandera",
    "polars",
    "prefect",
    "typst",
    "vl-convert-python",
    "xlsxwriter",
)


def versions() -> dict[str, str]:
    """Versions that a release depends on, by name."""
    return {"python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}}


def manifest_of(
    content: ReleaseContent,
    secret: Secret,
    files: Mapping[str, bytes],
    audit: Audit,
    *,
    pattern: Mapping[str, object],
    ledger: Head,
    audit_log: Head,
    sums: SumRelease,
) -> bytes:
    """Canonical JSON without a clock: the same input, key, profile and versions give the same bytes.

    Args:
        content: What the files were made of.
        pattern: `cost` of what is suppressed by the declared weights, `bound` below which no safe
            pattern can come, and `status`: whether the two meet.
        sums: The tables of sums, and what was withheld.
        ledger: How far the ledger went before this release, so that it cannot be rewritten unseen.
        audit_log: The same of the audit log of the keys, before the first run for this release.
    """
    profile = content.profile
    facts: dict[str, object] = {
        "format": FORMAT,
        "gemeente": profile.gemeente,
        "gemeente_code": profile.gemeente_code,
        "postcodes": {area.pc4: area.since.isoformat() for area in profile.postcodes},
        "peildatum": content.peildatum.isoformat(),
        "profile": profile.id,
        "demo": profile.demo,
        "thresholds": {
            "minimum_cell": profile.threshold,
            "minimum_width": profile.minimum_width,
            "group_pct": profile.group_pct,
            "own_record": profile.own_record,
        },
        "tables": {spec.id: spec.title for spec in tables_of(profile)},
        "deliveries": [asdict(one) for one in content.deliveries],
        "sums": _sums(sums),
        "measures": [measure.id for measure in MEASURES],
        "audit": asdict(audit),
        "pattern": dict(pattern),
        "ledger": {"releases": ledger.lines, "sha256": ledger.sha256},
        "audit_log": {"lines": audit_log.lines, "sha256": audit_log.sha256},
        "key": {"id": secret.key_id, "fingerprint": secret.fingerprint},
        "versions": versions(),
        "files": list_files(files),
    }
    if profile.question:
        facts["question"] = {
            "titel": profile.question.title,
            "maat": profile.question.measure,
            "populatie": profile.question.population,
            "dimensies": profile.question.dimensions,
        }
    whole = {"release": release_id(facts, demo=profile.demo), **facts}
    return (json.dumps(whole, indent=2, sort_keys=True) + "\n").encode()


def _sums(sums: SumRelease) -> dict[str, object]:
    """The tables of sums, what they were held to, what was withheld and why, and what an attacker got."""
    return {
        "tables": {table.spec.id: table.spec.title for table in sums.released},
        "rules": sum_rules(),
        "withheld": dict(sums.withheld),
        "audits": {name: asdict(audit) for name, audit in sums.audits.items()},
    }


def sum_rules() -> dict[str, dict[str, int]]:
    """What sums are held to, by id of the amount."""
    return {
        amount.id: {
            "contributors": amount.profile.contributors,
            "dominance_pct": amount.profile.dominance_pct,
            "p_pct": amount.profile.p_pct,
            "interval_pct": amount.profile.interval_pct,
        }
        for amount in AMOUNTS
    }


def parsed_manifest(content: bytes) -> dict[str, Any]:
    """A manifest from outside, of which every part has the form that this version writes.

    Raises:
        VerificationFailed: It is no JSON of that form; which part is not.
    """
    told = _json(content)
    if told is None:
        raise VerificationFailed(("manifest.json is no JSON object, or says something twice",))
    if told.get("format") != FORMAT:
        raise VerificationFailed(("its manifest is of another version; verify with the version it names",))
    wrong = [name for name, is_right in _FORM.items() if not is_right(told.get(name))]
    if wrong:
        raise VerificationFailed(
            (f"manifest.json says in another form than agreed, or not at all: {', '.join(wrong)}",)
        )
    return told


def _json(content: bytes) -> dict[str, Any] | None:
    with suppress(ValueError, RecursionError):
        if len(content) <= _LONGEST:
            told = json.loads(content.decode("utf-8"), object_pairs_hook=_once, parse_constant=_refused)
            return told if isinstance(told, dict) else None
    return None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError
    return dict(pairs)


def _refused(_: str) -> None:
    """NaN and Infinity, which are no JSON."""
    raise ValueError


_LONGEST = 4 * 1024 * 1024
_LONGEST_TEXT, _MOST = 1_000, 1_000_000_000
_HASH, _PC4, _CODE = re.compile(r"[0-9a-f]{16,64}"), re.compile(r"[0-9]{4}"), re.compile(r"[0-9]{4}")
_Form = Callable[[Any], bool]


def _is_text(told: object) -> bool:
    return isinstance(told, str) and len(told) <= _LONGEST_TEXT and escape_controls(told) == told and "\n" not in told


def _is_count(told: object) -> bool:
    return type(told) is int and 0 <= told <= _MOST


def _is_day(told: object) -> bool:
    with suppress(ValueError):
        return _is_text(told) and date.fromisoformat(str(told)).isoformat() == told
    return False


def _like(pattern: re.Pattern[str]) -> _Form:
    return lambda told: isinstance(told, str) and pattern.fullmatch(told) is not None


def _map(name: _Form, value: _Form) -> _Form:
    return lambda told: isinstance(told, dict) and all(name(one) and value(other) for one, other in told.items())


def _list(one: _Form) -> _Form:
    return lambda told: isinstance(told, list) and all(map(one, told))


def _record(**parts: _Form) -> _Form:
    return lambda told: (
        isinstance(told, dict) and told.keys() == parts.keys() and all(form(told[name]) for name, form in parts.items())
    )


def _optional(form: _Form) -> _Form:
    return lambda told: told is None or form(told)


_FORM: Mapping[str, _Form] = {
    "release": _is_text,
    "gemeente": _is_text,
    "gemeente_code": _like(_CODE),
    "postcodes": _optional(_map(_like(_PC4), _is_day)),
    "peildatum": _is_day,
    "profile": lambda told: told in [profile.id for profile in PROFILES],
    "demo": lambda told: isinstance(told, bool),
    "thresholds": _record(
        minimum_cell=_is_count,
        minimum_width=_is_count,
        group_pct=_is_count,
        own_record=lambda told: isinstance(told, bool),
    ),
    "tables": lambda told: bool(told) and _map(_is_text, _is_text)(told),
    "deliveries": _list(_record(source=_is_text, quarantined_pct=_optional(_is_count))),
    "sums": _record(
        tables=_map(_is_text, _is_text),
        rules=_map(_is_text, _map(_is_text, _is_count)),
        withheld=_map(_is_text, _is_text),
        audits=lambda told: isinstance(told, dict),
    ),
    "ledger": _record(releases=_is_count, sha256=_like(_HASH)),
    "audit_log": _record(lines=_is_count, sha256=_like(_HASH)),
    "question": _optional(
        _record(titel=_is_text, maat=_is_text, populatie=_is_text, dimensies=_list(_is_text)),
    ),
    "versions": _map(_is_text, _is_text),
    "files": _map(_is_text, _record(sha256=_like(_HASH), bytes=_is_count)),
}
"""What is read of a manifest; the rest of it is for the reader."""
