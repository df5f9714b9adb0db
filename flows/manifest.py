"""The manifest of a release: what is in it, what it was held to, with which key and versions."""

import json
import platform
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import version

from flows.chain import Head
from flows.publication import listed, release_id
from flows.secret import Secret
from pia.measures import MEASURES
from schemas.sums import AMOUNTS
from schemas.tables import tables_of
from transforms.disclosure import Audit
from transforms.disclosure.sum_release import SumRelease
from transforms.present import ReleaseContent

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
        "files": listed(files),
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
