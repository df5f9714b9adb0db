"""Check a release from outside: signature, hashes, and what its tables still give away."""

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from flows.publication import MANIFEST, require_approved
from flows.signing import Statement, load_public
from schemas.errors import DisclosureFailure, VerificationFailed
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
    profile = profile_by_id(manifest["profile"])
    released = tuple(_read_table(folder, spec) for spec in TABLES)
    try:
        found = audit(released, profile)
        problem = ""
    except DisclosureFailure as error:
        problem = str(error)
    if problem:
        raise VerificationFailed((problem,))
    return Verified(statement.release, statement, len(manifest["files"]), found, profile)


def _read_table(folder: Path, spec: TableSpec) -> Released:
    """A published table as the researcher gets it; a demo's name has DEMO_ in front."""
    paths = list(folder.glob(f"*{stem(spec)}.csv"))
    if len(paths) != 1:
        raise VerificationFailed((f"table {spec.id} is missing",))
    rows = list(csv.DictReader(io.StringIO(paths[0].read_text(encoding="utf-8"))))
    names = [dimension.name for dimension in spec.dimensions]
    if not rows or not {*names, "value", "status"} <= rows[0].keys():
        raise VerificationFailed((f"table {spec.id} lacks a column",))
    frame = pl.DataFrame([{name: row[name] for name in (*names, "value", "status")} for row in rows])
    value = pl.when(pl.col("value") != "").then(pl.col("value")).cast(pl.Int64, strict=False)
    return Released(frame.with_columns(value.alias("value")), spec)
