"""Proof from a release alone: its tables are safe, everything else follows."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from flows.release.manifest import parse_manifest, sum_rules, versions
from flows.release.publication import MANIFEST, SIGNED_FILES, differences
from flows.release.untrusted_folder import require_plain
from flows.workfolder.public_figures import statistics_of
from schemas.errors import DisclosureFailure, PublicFiguresUnusable, UnknownCategory, VerificationFailed
from schemas.names import HIGH, LOW, STATUS, VALUE
from schemas.profiles import profile_by_id
from schemas.sources import SOURCES
from schemas.specs import Profile, TableSpec
from schemas.specs.area import Postcode4
from schemas.specs.public import PublicStatistic
from schemas.specs.question import COUNTS, Question
from schemas.specs.sums import SumSpec
from schemas.states import Released, ReleasedSums
from schemas.tables import tables_of
from schemas.tables.question import POPULATIONS, askable
from schemas.tables.sums import (
    AMOUNTS,
    EARLIER,
    NOT_DELIVERED,
    ROUNDED,
    SUMS,
    WITHHELD,
    amounts_for,
    are_rounded,
    sums_of,
)
from transforms.disclosure import Audit
from transforms.disclosure.counts.attack import Attack
from transforms.disclosure.counts.audit import attack_release, judge, require_within
from transforms.disclosure.model.cells import labels
from transforms.disclosure.sums.magnitude_audit import SumAudit
from transforms.disclosure.sums.sum_release import audit_amounts
from transforms.disclosure.suppression.protect import with_intervals
from transforms.intake.quality import DeliveryQuality
from transforms.package.files import ReleaseContent, file_names, release_files, stem
from transforms.package.tables import cents


@dataclass(frozen=True, eq=False)
class Proof:
    """Proof of a release from its folder alone.

    Attributes:
        content: The tables as published, and the rules that the release claims to keep.
        attack: What a reader with all tables can compute.
        amounts: Audit of the sums, by id of the amount; empty if the release holds none.
        missing: Earlier releases of the same residents that the manifest names and that were not at hand: what the
            release tells with them is stated, not proven.
        is_redrawn: True if every other file was made again from the tables and is equal; False if this program
            has other versions than the manifest names.
    """

    manifest: Mapping[str, Any]
    content: ReleaseContent
    attack: Attack
    audit: Audit
    amounts: Mapping[str, SumAudit]
    missing: tuple[str, ...]
    is_redrawn: bool


def prove(folder: Path, earlier: Mapping[str, Sequence[Released]] | None = None) -> Proof:
    """Attack the published tables of a release, and make its other files again from them.

    Args:
        folder: The release.
        earlier: Tables of other releases, by name; those that the manifest names are attacked with it.

    Raises:
        VerificationFailed: A table is not as declared or not safe, or a file does not follow from the tables.
    """
    manifest = read_manifest(folder)
    profile = signed_profile(manifest)
    delivered = [delivery["source"] for delivery in manifest["deliveries"]]
    if {*delivered, *profile.absent} - {source.id for source in SOURCES}:
        raise VerificationFailed(("this version has other sources; verify with the version that the manifest names",))
    if sorted([*delivered, *profile.absent]) != sorted(source.id for source in SOURCES):
        raise VerificationFailed(("manifest.json does not say of every delivery either that it was made or was not",))
    specs = _signed_tables(manifest, profile)
    names = {path.name for path in folder.iterdir()} - set(SIGNED_FILES)
    sum_specs = _signed_sums(manifest, profile)
    declared_names = set(file_names(profile, specs, sum_specs))
    if names != declared_names:
        raise VerificationFailed(differences(dict.fromkeys(names), dict.fromkeys(declared_names)))
    content = ReleaseContent(
        _read_tables(folder, specs),
        profile,
        date.fromisoformat(manifest["peildatum"]),
        tuple(DeliveryQuality(**delivery) for delivery in manifest["deliveries"]),
        _read_sums(folder, sum_specs),
        manifest["sums"]["withheld"],
    )
    same_day, tables_by_release = manifest.get("beside") or [], earlier or {}
    if manifest["release"] in same_day:
        raise VerificationFailed(("manifest.json says that the release follows itself",))
    missing = tuple(name for name in same_day if name not in tables_by_release)
    before = [table for name in same_day for table in tables_by_release.get(name, ())]
    attack, audit, amounts = _attack(content, before, is_whole=not missing)
    return Proof(manifest, content, attack, audit, amounts, missing, _is_redrawn(folder, content, manifest))


def read_release(folder: Path) -> tuple[tuple[Released, ...], tuple[ReleasedSums, ...], Profile]:
    """Return the published tables of counts and of sums, and the profile that the release claims.

    Raises:
        VerificationFailed: The folder is no release, or one of its tables is missing.
    """
    manifest = read_manifest(folder)
    profile = signed_profile(manifest)
    return (
        _read_tables(folder, _signed_tables(manifest, profile)),
        _read_sums(folder, _signed_sums(manifest, profile)),
        profile,
    )


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a release, signed or not.

    Raises:
        VerificationFailed: The folder holds anything but plain files, or no manifest of this version and form.
    """
    require_plain(folder)
    path = folder / MANIFEST
    if not path.exists():
        raise VerificationFailed((f"{MANIFEST} is missing",))
    return parse_manifest(path.read_bytes())


def signed_profile(manifest: dict[str, Any]) -> Profile:
    """Return the profile that the manifest states: municipality, thresholds and the question."""
    signed = manifest["thresholds"]
    profile = profile_by_id(manifest["profile"])
    areas = manifest.get("postcodes")  # absent in manifests from before there were other municipalities than Vught
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
        pooled=signed["pooled"],
        question=_signed_question(manifest.get("question")),
        public=_signed_public(manifest),
        absent=tuple(manifest.get("absent") or ()),
    )


def _signed_public(manifest: Mapping[str, Any]) -> tuple[PublicStatistic, ...]:
    """Return what others publish, as the manifest states it; nothing in manifests from before it was declared."""
    try:
        statistics = statistics_of(manifest.get("public") or [])
    except PublicFiguresUnusable:
        problem = "the statistics of others in manifest.json are not as this version declares them"
    else:
        if all(statistic.peildatum.isoformat() == manifest["peildatum"] for statistic in statistics):
            return statistics
        problem = "manifest.json names statistics of another day, which say nothing of this release"
    raise VerificationFailed((problem,))


def _signed_question(question: Mapping[str, Any] | None) -> Question | None:
    """Return a researcher's question, in names that this version declares; its purpose is not in a release."""
    if question is None:
        return None
    names = tuple(question["dimensies"])
    if question["maat"] != COUNTS or question["populatie"] not in POPULATIONS or not all(map(askable, names)):
        raise VerificationFailed(("this version does not declare what was asked; verify with the version it names",))
    return Question(question["titel"], "", question["maat"], question["populatie"], names)


def _attack(
    content: ReleaseContent, before: Sequence[Released], *, is_whole: bool
) -> tuple[Attack, Audit, dict[str, SumAudit]]:
    """Attack counts and sums, and raise `VerificationFailed` if they are not safe or not as declared.

    Args:
        before: Tables of earlier releases that count the same residents, as far as they are at hand.
        is_whole: All of them are.
    """
    released, profile = content.released, content.profile
    try:
        attack = attack_release((*before, *released), profile)
        if not is_whole:
            # With the others they tell no less than without, and they state what they tell with those.
            require_within(released, attack)
            released = with_intervals((*before, *released), attack)[len(before) :]
        verdict = judge(released, attack, profile, before)
        return attack, verdict, audit_amounts(content.sums, content.released)
    except (DisclosureFailure, UnknownCategory) as error:
        problem = error.problem if isinstance(error, DisclosureFailure) else "a table has a level that is not declared"
    raise VerificationFailed((problem,))


def _is_redrawn(folder: Path, release_content: ReleaseContent, manifest: Mapping[str, Any]) -> bool:
    """Return whether every file is, byte for byte, what these tables give with these versions.

    Raises `VerificationFailed` if a file differs although the versions are equal.
    """
    if manifest["versions"] != versions():
        return False
    for name, content in release_files(release_content).items():
        if (folder / name).read_bytes() != content:
            raise VerificationFailed((f"{name} does not follow from the tables",))
    return True


def _signed_tables(manifest: dict[str, Any], profile: Profile) -> tuple[TableSpec, ...]:
    """Return the declarations of the release's tables, which may be fewer than this version makes."""
    specs = {spec.id: spec for spec in tables_of(profile) if manifest["tables"].get(spec.id) == spec.title}
    if set(manifest["tables"]) - set(specs):
        raise VerificationFailed(("this version does not declare one of its tables; verify with the version it names",))
    return tuple(specs.values())


def _signed_sums(manifest: dict[str, Any], profile: Profile) -> tuple[SumSpec, ...]:
    """Return the declarations of the release's tables of sums.

    Of every amount all tables are there, or none and a known reason why.
    """
    signed, withheld = manifest["sums"], manifest["sums"]["withheld"]
    specs = tuple(spec for spec in SUMS if signed["tables"].get(spec.id) == spec.title)
    expected = AMOUNTS if profile.question is None else ()
    given = {amount.id for amount in expected if {*sums_of(amount)} <= {*specs}}
    absent = {amount.id for amount in expected if amount not in amounts_for(profile)}
    reasons = [withheld[name] for name in withheld.keys() - absent]
    is_as_declared = (
        len(specs) == len(signed["tables"]) == sum(len(sums_of(amount)) for amount in expected if amount.id in given)
        and {*given, *withheld} == {amount.id for amount in expected}
        and not given & withheld.keys()
        and absent == {name for name, reason in withheld.items() if reason == NOT_DELIVERED}
        and {*withheld.values()} <= {*WITHHELD}
        # Earlier sums and rounded counts withhold all amounts that are delivered, or none.
        and all({*reasons} == {reason} for reason in (EARLIER, ROUNDED) if reason in reasons)
        and (ROUNDED in reasons) == (are_rounded(profile) and bool(reasons))
        and not (given and {EARLIER, ROUNDED} & {*reasons})
    )
    if not is_as_declared or (specs and signed["rules"] != sum_rules()):
        raise VerificationFailed(("this version has other rules for sums; verify with the version it names",))
    return specs


def _read_tables(folder: Path, specs: tuple[TableSpec, ...]) -> tuple[Released, ...]:
    return tuple(Released(_read_table(folder, spec, _whole_number), spec) for spec in specs)


def _read_sums(folder: Path, specs: tuple[SumSpec, ...]) -> tuple[ReleasedSums, ...]:
    return tuple(ReleasedSums(_read_table(folder, spec.table, cents), spec.table) for spec in specs)


def _whole_number(text: pl.Expr) -> pl.Expr:
    return text.cast(pl.Int64, strict=False)


def _read_table(folder: Path, spec: TableSpec, read: Callable[[pl.Expr], pl.Expr]) -> pl.DataFrame:
    """Return a published table as the researcher gets it; file names of the demo begin with DEMO_."""
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
    """Read at most this many rows of a CSV file; none if it cannot be read."""
    with suppress(ValueError, csv.Error):
        return list(islice(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))), most))
    return []
