"""What a release proves by itself: its tables are safe, and everything else follows from them."""

import csv
import io
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from flows.release.manifest import parsed_manifest, sum_rules, versions
from flows.release.publication import MANIFEST, SEALS, differences
from flows.release.untrusted_folder import require_plain
from schemas.errors import DisclosureFailure, UnknownCategory, VerificationFailed
from schemas.names import HIGH, LOW, STATUS, VALUE
from schemas.profiles import profile_by_id
from schemas.sources import SOURCES
from schemas.specs import Profile, TableSpec
from schemas.specs.area import Postcode4
from schemas.specs.question import COUNTS, Question
from schemas.specs.sums import SumSpec
from schemas.states import Released, ReleasedSums
from schemas.tables import tables_of
from schemas.tables.asked import POPULATIONS, askable
from schemas.tables.sums import AMOUNTS, SUMS, WITHHELD
from transforms.disclosure import Audit
from transforms.disclosure.counts.attack import Attack
from transforms.disclosure.counts.audit import attack_release, judge
from transforms.disclosure.model.cells import labels
from transforms.disclosure.sums.magnitude_audit import SumAudit
from transforms.disclosure.sums.sum_release import audit_amounts
from transforms.intake.quality import DeliveryQuality
from transforms.package.files import ReleaseContent, file_names, release_files, stem
from transforms.package.tables import cents


@dataclass(frozen=True, eq=False)
class Proof:
    """What follows from a release folder alone.

    Attributes:
        content: The tables as they lie there, and what the release says that it was held to.
        attack: What a reader with all tables can compute.
        amounts: What is left of the sums, by id of the amount; empty if the release holds none.
        is_redrawn: Every other file was made again from the tables and is equal; only where the
            versions of the manifest are at hand.
    """

    manifest: Mapping[str, Any]
    content: ReleaseContent
    attack: Attack
    audit: Audit
    amounts: Mapping[str, SumAudit]
    is_redrawn: bool


def prove(folder: Path) -> Proof:
    """Attack the tables of a release as they lie there, and make its other files again.

    Raises:
        VerificationFailed: A table is not as declared or not safe, or a file is not what
            follows from the tables.
    """
    manifest = read_manifest(folder)
    profile = signed_profile(manifest)
    specs = _signed_tables(manifest, profile)
    found = {path.name for path in folder.iterdir()} - set(SEALS)
    summed = _signed_sums(manifest)
    declared = set(file_names(profile, specs, summed))
    if found != declared:
        raise VerificationFailed(differences(dict.fromkeys(found), dict.fromkeys(declared)))
    if {one["source"] for one in manifest["deliveries"]} - {source.id for source in SOURCES}:
        raise VerificationFailed(("this version has other sources; verify with the version that the manifest names",))
    content = ReleaseContent(
        _tables(folder, specs),
        profile,
        date.fromisoformat(manifest["peildatum"]),
        tuple(DeliveryQuality(**one) for one in manifest["deliveries"]),
        _sums(folder, summed),
        manifest["sums"]["withheld"],
    )
    attack, audit, amounts = _attacked(content)
    return Proof(manifest, content, attack, audit, amounts, _redrawn(folder, content, manifest))


def read_release(folder: Path) -> tuple[tuple[Released, ...], tuple[ReleasedSums, ...], Profile]:
    """The tables of a release as they lie there, and the profile that it says it was held to.

    Raises:
        VerificationFailed: The folder is no release, or lacks one of its tables.
    """
    manifest = read_manifest(folder)
    profile = signed_profile(manifest)
    return _tables(folder, _signed_tables(manifest, profile)), _sums(folder, _signed_sums(manifest)), profile


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a release, signed or not.

    Raises:
        VerificationFailed: The folder holds something else than plain files, or no manifest of this version and form.
    """
    require_plain(folder)
    path = folder / MANIFEST
    if not path.exists():
        raise VerificationFailed((f"{MANIFEST} is missing",))
    return parsed_manifest(path.read_bytes())


def signed_profile(manifest: dict[str, Any]) -> Profile:
    """What the release was held to: profile, municipality and thresholds as the officer signed, and the question."""
    signed = manifest["thresholds"]
    profile = profile_by_id(manifest["profile"])
    areas = manifest.get("postcodes")  # of before other municipalities used this: Vught's
    return replace(
        profile,
        gemeente=manifest["gemeente"],
        gemeente_code=manifest["gemeente_code"],
        postcodes=tuple(Postcode4(pc4, date.fromisoformat(day)) for pc4, day in areas.items())
        if areas
        else profile.postcodes,
        threshold=signed["minimum_cell"],
        minimum_width=signed["minimum_width"],
        group_pct=signed["group_pct"],
        own_record=signed["own_record"],
        question=_signed_question(manifest.get("question")),
    )


def _signed_question(asked: Mapping[str, Any] | None) -> Question | None:
    """What a researcher asked, in names that this version declares; her reason is not in a release."""
    if asked is None:
        return None
    names = tuple(asked["dimensies"])
    if asked["maat"] != COUNTS or asked["populatie"] not in POPULATIONS or not all(map(askable, names)):
        raise VerificationFailed(("this version does not declare what was asked; verify with the version it names",))
    return Question(asked["titel"], "", asked["maat"], asked["populatie"], names)


def _attacked(content: ReleaseContent) -> tuple[Attack, Audit, dict[str, SumAudit]]:
    try:
        attack = attack_release(content.released, content.profile)
        verdict = judge(content.released, attack, content.profile)
        return attack, verdict, audit_amounts(content.sums, content.released)
    except (DisclosureFailure, UnknownCategory) as error:
        problem = error.problem if isinstance(error, DisclosureFailure) else "a table has a level that is not declared"
    raise VerificationFailed((problem,))


def _redrawn(folder: Path, content: ReleaseContent, manifest: Mapping[str, Any]) -> bool:
    """Whether every file is, byte for byte, what these tables give with these versions."""
    if manifest["versions"] != versions():
        return False
    for name, made in release_files(content).items():
        if (folder / name).read_bytes() != made:
            raise VerificationFailed((f"{name} does not follow from the tables",))
    return True


def _signed_tables(manifest: dict[str, Any], profile: Profile) -> tuple[TableSpec, ...]:
    """The tables of the release, which may be fewer than this version makes."""
    known = {spec.id: spec for spec in tables_of(profile) if manifest["tables"].get(spec.id) == spec.title}
    if set(manifest["tables"]) - set(known):
        raise VerificationFailed(("this version does not declare one of its tables; verify with the version it names",))
    return tuple(known.values())


def _signed_sums(manifest: dict[str, Any]) -> tuple[SumSpec, ...]:
    """The tables of sums of the release: of every amount all, or none and a known reason why."""
    signed = manifest["sums"]
    known = tuple(spec for spec in SUMS if signed["tables"].get(spec.id) == spec.title)
    reasons = {signed["withheld"].get(amount.id) for amount in AMOUNTS} - {None}
    is_other = len(known) != len(signed["tables"]) or signed["withheld"].keys() - {amount.id for amount in AMOUNTS}
    if is_other or (known and signed["rules"] != sum_rules()) or reasons - set(WITHHELD):
        raise VerificationFailed(("this version has other rules for sums; verify with the version it names",))
    return known


def _tables(folder: Path, specs: tuple[TableSpec, ...]) -> tuple[Released, ...]:
    return tuple(Released(_read_table(folder, spec, _whole), spec) for spec in specs)


def _sums(folder: Path, specs: tuple[SumSpec, ...]) -> tuple[ReleasedSums, ...]:
    return tuple(ReleasedSums(_read_table(folder, spec.table, cents), spec.table) for spec in specs)


def _whole(text: pl.Expr) -> pl.Expr:
    return text.cast(pl.Int64, strict=False)


def _read_table(folder: Path, spec: TableSpec, read: Callable[[pl.Expr], pl.Expr]) -> pl.DataFrame:
    """A published table as the researcher gets it; a demo's name has DEMO_ in front."""
    paths = list(folder.glob(f"*{stem(spec)}.csv"))
    if len(paths) != 1:
        raise VerificationFailed((f"table {spec.id} is missing",))
    (path,) = paths
    names = [dimension.name for dimension in spec.dimensions]
    columns = (*names, VALUE, STATUS, LOW, HIGH)
    cells = len(labels(spec))
    rows = _rows(path, cells + 1)
    if len(rows) != cells or not all(set(columns) <= row.keys() and None not in row.values() for row in rows):
        raise VerificationFailed((f"{path.name} holds other rows or columns than its table has",))
    frame = pl.DataFrame([{name: row[name] for name in columns} for row in rows])
    numbers = pl.col(VALUE, LOW, HIGH)
    return frame.with_columns(read(pl.when(numbers != "").then(numbers)))


def _rows(path: Path, most: int) -> list[dict[str, str]]:
    """At most so many rows of a CSV file; none if it cannot be read."""
    with suppress(ValueError, csv.Error):
        return list(islice(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))), most))
    return []
