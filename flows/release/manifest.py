"""Manifest of a release: contents, rules, key and versions; written and parsed."""

import json
import platform
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from importlib.metadata import version
from typing import Any

from flows.custody.secret import Secret
from flows.registers.chain import Head
from flows.release.publication import list_files, release_id
from flows.screen import escape_controls
from flows.workfolder.public_figures import records_of
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
    """Return the versions that a release depends on, by name."""
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
    beside: Sequence[str] = (),
    mapping: str = "",
) -> bytes:
    """Return the manifest: canonical JSON without a clock.

    The same input, key, profile and versions give the same bytes.

    Args:
        content: Tables and facts that the files were made from.
        secret: The secret of the run, of which the manifest names id and fingerprint.
        files: Content of every file of the release, by name.
        audit: Audit of the counts.
        pattern: Which cells are blank, in numbers: `cost` by the declared weights, `bound` below which no safe
            pattern can come, and `status`: whether the two meet.
        ledger: Head of the ledger before this release, so that the ledger cannot be rewritten unseen.
        audit_log: Head of the audit log of the keys before the first run for this release.
        sums: The tables of sums, and what was withheld.
        beside: Earlier releases of the same residents and peildatum: intervals and audit hold with their tables.
        mapping: SHA-256 of the declaration by which files became deliveries; empty if they were ours.
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
            "pooled": profile.pooled,
        },
        "public": records_of(profile.public),
        "tables": {spec.id: spec.title for spec in tables_of(profile)},
        "deliveries": [asdict(delivery) for delivery in content.deliveries],
        "sums": _sum_facts(sums),
        "measures": [measure.id for measure in MEASURES],
        "audit": asdict(audit),
        "beside": list(beside),
        "pattern": dict(pattern),
        "ledger": {"releases": ledger.lines, "sha256": ledger.sha256},
        "audit_log": {"lines": audit_log.lines, "sha256": audit_log.sha256},
        "key": {"id": secret.key_id, "fingerprint": secret.fingerprint},
        "versions": versions(),
        "files": list_files(files),
    }
    if mapping:
        facts["mapping"] = mapping
    if profile.absent:
        facts["absent"] = list(profile.absent)
    if profile.question:
        facts["question"] = {
            "titel": profile.question.title,
            "maat": profile.question.measure,
            "populatie": profile.question.population,
            "dimensies": profile.question.dimensions,
        }
    manifest = {"release": release_id(facts, demo=profile.demo), **facts}
    return (json.dumps(manifest, indent=2, sort_keys=True) + "\n").encode()


def _sum_facts(sums: SumRelease) -> dict[str, object]:
    """Return titles, rules, withheld amounts with their reasons, and audits of the tables of sums."""
    return {
        "tables": {table.spec.id: table.spec.title for table in sums.released},
        "rules": sum_rules(),
        "withheld": dict(sums.withheld),
        "audits": {name: asdict(audit) for name, audit in sums.audits.items()},
    }


def sum_rules() -> dict[str, dict[str, int]]:
    """Return the rules that sums must keep, by id of the amount."""
    return {
        amount.id: {
            "contributors": amount.profile.contributors,
            "dominance_pct": amount.profile.dominance_pct,
            "p_pct": amount.profile.p_pct,
            "interval_pct": amount.profile.interval_pct,
        }
        for amount in AMOUNTS
    }


def parse_manifest(content: bytes) -> dict[str, Any]:
    """Parse a manifest from outside; every part must have the form that this version writes.

    Raises:
        VerificationFailed: It is no JSON of that form; the error names the parts that are wrong.
    """
    manifest = _parse_json(content)
    if manifest is None:
        raise VerificationFailed(("manifest.json is no JSON object, or says something twice",))
    if manifest.get("format") != FORMAT:
        raise VerificationFailed(("its manifest is of another version; verify with the version it names",))
    malformed = [name for name, is_right in _FORM.items() if not is_right(manifest.get(name))]
    if malformed:
        raise VerificationFailed(
            (f"manifest.json says in another form than agreed, or not at all: {', '.join(malformed)}",)
        )
    return manifest


def _parse_json(content: bytes) -> dict[str, Any] | None:
    """Return a JSON object; None if the content is too long, no object, or has a name twice."""
    with suppress(ValueError, RecursionError):
        if len(content) <= _LONGEST:
            parsed = json.loads(
                content.decode("utf-8"), object_pairs_hook=_require_unique_names, parse_constant=_refuse_constant
            )
            return parsed if isinstance(parsed, dict) else None
    return None


def _require_unique_names(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object of these pairs; raise `ValueError` if a name occurs twice."""
    if len(dict(pairs)) < len(pairs):
        raise ValueError
    return dict(pairs)


def _refuse_constant(_: str) -> None:
    """Refuse NaN and Infinity, which JSON does not have."""
    raise ValueError


_LONGEST = 4 * 1024 * 1024
_LONGEST_TEXT, _MOST = 1_000, 1_000_000_000
_HASH, _PC4, _CODE = re.compile(r"[0-9a-f]{16,64}"), re.compile(r"[0-9]{4}"), re.compile(r"[0-9]{4}")
_Form = Callable[[Any], bool]


def _is_text(value: object) -> bool:
    return (
        isinstance(value, str) and len(value) <= _LONGEST_TEXT and escape_controls(value) == value and "\n" not in value
    )


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= _MOST


def _is_day(value: object) -> bool:
    with suppress(ValueError):
        return _is_text(value) and date.fromisoformat(str(value)).isoformat() == value
    return False


def _matches(pattern: re.Pattern[str]) -> _Form:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _mapping_of(key_form: _Form, value_form: _Form) -> _Form:
    return lambda value: isinstance(value, dict) and all(key_form(k) and value_form(v) for k, v in value.items())


def _list_of(form: _Form) -> _Form:
    return lambda value: isinstance(value, list) and all(map(form, value))


def _record_of(**parts: _Form) -> _Form:
    return lambda value: (
        isinstance(value, dict)
        and value.keys() == parts.keys()
        and all(form(value[name]) for name, form in parts.items())
    )


def _optionally(form: _Form) -> _Form:
    return lambda value: value is None or form(value)


_FORM: Mapping[str, _Form] = {
    "release": _is_text,
    "gemeente": _is_text,
    "gemeente_code": _matches(_CODE),
    "postcodes": _optionally(_mapping_of(_matches(_PC4), _is_day)),
    "peildatum": _is_day,
    "profile": lambda value: value in [profile.id for profile in PROFILES],
    "demo": lambda value: isinstance(value, bool),
    "thresholds": _record_of(
        minimum_cell=_is_count,
        minimum_width=_is_count,
        group_pct=_is_count,
        pooled=lambda value: _is_count(value) and value <= 2,
    ),
    "beside": _optionally(_list_of(_is_text)),
    "public": _optionally(_list_of(lambda value: isinstance(value, dict))),
    "tables": lambda value: bool(value) and _mapping_of(_is_text, _is_text)(value),
    "deliveries": _list_of(_record_of(source=_is_text, quarantined_pct=_optionally(_is_count))),
    "mapping": _optionally(_matches(_HASH)),
    "absent": _optionally(_list_of(_is_text)),
    "sums": _record_of(
        tables=_mapping_of(_is_text, _is_text),
        rules=_mapping_of(_is_text, _mapping_of(_is_text, _is_count)),
        withheld=_mapping_of(_is_text, _is_text),
        audits=lambda value: isinstance(value, dict),
    ),
    "ledger": _record_of(releases=_is_count, sha256=_matches(_HASH)),
    "audit_log": _record_of(lines=_is_count, sha256=_matches(_HASH)),
    "question": _optionally(
        _record_of(titel=_is_text, maat=_is_text, populatie=_is_text, dimensies=_list_of(_is_text)),
    ),
    "versions": _mapping_of(_is_text, _is_text),
    "files": _mapping_of(_is_text, _record_of(sha256=_matches(_HASH), bytes=_is_count)),
}
"""Forms of the parts that the program reads; it reads no others."""
