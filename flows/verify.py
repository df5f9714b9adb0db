"""Check a release from outside, with nothing but the folder and the officer's public key."""

import json
from dataclasses import dataclass
from pathlib import Path

from flows.proof import prove, read_release, signed_profile
from flows.publication import MANIFEST, require_approved
from flows.signing import Statement, load_public
from schemas.errors import ApprovalRefused, DisclosureFailure, UnknownCategory, VerificationFailed
from schemas.specs import Profile
from schemas.states import Released
from transforms.disclosure import Audit
from transforms.disclosure.attack import Attack
from transforms.disclosure.audit import attack_checked, judge
from transforms.disclosure.cells import labels
from transforms.disclosure.interval import Interval
from transforms.disclosure.magnitude_audit import SumAudit
from transforms.disclosure.sum_release import audit_amounts


@dataclass(frozen=True)
class Verified:
    """What was proven of a release.

    Attributes:
        is_redrawn: Report, chart and data package were made again from the tables and are equal.
    """

    release: str
    statement: Statement
    files: int
    audit: Audit
    profile: Profile
    is_redrawn: bool


def verify_release(folder: Path, public_key: Path | None) -> Verified:
    """Prove that the officer signed exactly these files, and that they give no small count away.

    Raises:
        VerificationFailed: The folder is no release, signature or hashes do not hold, its
            tables are not safe, or its report does not follow from them.
    """
    if not folder.is_dir():
        raise VerificationFailed(("there is no such folder",))
    if public_key is None or not public_key.is_file():
        raise VerificationFailed(("there is no public key of the officer at --key; without one, give --attack",))
    problem = ""
    try:
        statement = require_approved(folder, load_public(public_key))
    except ApprovalRefused as error:
        problem = error.problem
    if problem:
        raise VerificationFailed((problem,))
    manifest = json.loads((folder / MANIFEST).read_bytes())
    found, is_redrawn = prove(folder)
    return Verified(statement.release, statement, len(manifest["files"]), found, signed_profile(manifest), is_redrawn)


@dataclass(frozen=True)
class Attacked:
    """What a reader with all tables reached.

    Attributes:
        narrowest: The suppressed cell with the narrowest interval, as text; None if none is suppressed.
        interval: That interval.
        own_record: Suppressed counts that somebody who is in a suppressed cell himself brings
            below the limits of the profile.
        amounts: What is left of the sums, by id of the amount; empty if the release holds none.
    """

    audit: Audit
    profile: Profile
    narrowest: str | None
    interval: Interval | None
    own_record: int
    amounts: dict[str, SumAudit]


def attack_release(folder: Path) -> Attacked:
    """Attack a release with nothing but its folder: no key, and nobody's word for anything.

    Raises:
        VerificationFailed: The folder is no release, or the attack finds what it should not.
    """
    if not folder.is_dir():
        raise VerificationFailed(("there is no such folder",))
    released, sums, profile = read_release(folder)
    problem = ""
    try:
        found = attack_checked(released, profile)
        audit = judge(released, found, profile)
        amounts = audit_amounts(sums, released)
    except (DisclosureFailure, UnknownCategory) as error:
        problem = error.problem if isinstance(error, DisclosureFailure) else "a table has a level that is not declared"
    if problem:
        raise VerificationFailed((problem,))
    count = min(found.suppressed, key=lambda one: (found.intervals[one].width, one), default=None)
    inside = found.own_record(sorted(found.suppressed))
    if count is None:
        return Attacked(audit, profile, None, None, len(inside), amounts)
    cell = _cell(released, found, count)
    return Attacked(audit, profile, cell, found.intervals[count], len(inside), amounts)


def _cell(released: tuple[Released, ...], found: Attack, count: int) -> str:
    for table, places in zip(released, found.system.places, strict=True):
        if count in places:
            return f"{table.spec.id} {labels(table.spec)[places.index(count)]}"
    raise VerificationFailed(("a count stands in no table",))
