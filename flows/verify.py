"""Check a release from outside: signature, hashes, and what its tables still give away."""

import csv
import io
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from flows.publication import MANIFEST, require_approved
from flows.signing import Statement, load_public
from schemas.errors import DisclosureFailure, UnknownCategory, VerificationFailed
from schemas.names import STATUS, VALUE
from schemas.profiles import profile_by_id
from schemas.specs import Profile, TableSpec
from schemas.states import Released
from schemas.tables import TABLES
from transforms.disclosure import Audit, audit
from transforms.present import stem


@dataclass(frozen=True)
class Verified:
    """What was proven of a release."""

    release: str
    statement: Statement
    files: int
    audit: Audit
    profile: Profile


def verify_release(folder: Path, public_key: Path) -> Verified:
    """Prove that the officer signed exactly these files, and that they give no small count away.

    Raises:
        ApprovalRefused: Signature or hashes do not hold, or there is no key.
        VerificationFailed: The folder is no release, or its tables are not safe.
    """
    if not folder.is_dir():
        raise VerificationFailed(("there is no such folder",))
    statement = require_approved(folder, load_public(public_key))
    manifest = json.loads((folder / MANIFEST).read_bytes())
    profile = _signed_profile(manifest)
    released = tuple(_read_table(folder, spec) for spec in _signed_tables(manifest))
    problem = ""
    try:
        found = audit(released, profile)
    except (DisclosureFailure, UnknownCategory) as error:
        problem = str(error)
    if problem:
        raise VerificationFailed((problem,))
    return Verified(statement.release, statement, len(manifest["files"]), found, profile)


def _signed_profile(manifest: dict[str, Any]) -> Profile:
    """The profile that the release was held to, with the thresholds that the officer signed."""
    signed = manifest["thresholds"]
    profile = profile_by_id(manifest["profile"])
    return replace(profile, threshold=signed["minimum_cell"], minimum_width=signed["minimum_width"])


def _signed_tables(manifest: dict[str, Any]) -> tuple[TableSpec, ...]:
    """The tables of the release, which may be fewer than this version makes."""
    known = {spec.id: spec for spec in TABLES if manifest["tables"].get(spec.id) == spec.title}
    if set(manifest["tables"]) - set(known):
        raise VerificationFailed(
            ("it holds a table that this version does not declare; verify with the version it names",)
        )
    return tuple(known.values())


def _read_table(folder: Path, spec: TableSpec) -> Released:
    """A published table as the researcher gets it; a demo's name has DEMO_ in front."""
    paths = list(folder.glob(f"*{stem(spec)}.csv"))
    if len(paths) != 1:
        raise VerificationFailed((f"table {spec.id} is missing",))
    rows = list(csv.DictReader(io.StringIO(paths[0].read_text(encoding="utf-8"))))
    names = [dimension.name for dimension in spec.dimensions]
    if not rows or not {*names, VALUE, STATUS} <= rows[0].keys():
        raise VerificationFailed((f"table {spec.id} lacks a column",))
    frame = pl.DataFrame([{name: row[name] for name in (*names, VALUE, STATUS)} for row in rows])
    value = pl.when(pl.col(VALUE) != "").then(pl.col(VALUE)).cast(pl.Int64, strict=False)
    return Released(frame.with_columns(value.alias(VALUE)), spec)
