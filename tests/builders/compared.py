"""Releases by hand for comparisons: few tables, counted by hand, protected by the real engine, signed for real."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from itertools import product
from pathlib import Path

import polars as pl

from flows.commands.tools.compare import compare_releases
from flows.commands.tools.side_by_side import together
from flows.custody import sshsig
from flows.custody.secret import Secret
from flows.custody.signing import DECISION, Statement, bytes_to_sign, load_private
from flows.registers.chain import Head
from flows.release.manifest import manifest_of
from flows.release.publication import sha256
from schemas.profiles import KWARTAAL, STANDAARD
from schemas.sources import SOURCES
from schemas.specs import Method, Profile, TableSpec
from schemas.states import Counted, Released
from schemas.tables import tables_of
from schemas.tables.sums import AMOUNTS, ROUNDED, UNSAFE, are_rounded
from transforms.comparison.change import compare_tables
from transforms.comparison.changes import ChangeContent, change_story
from transforms.comparison.side_by_side import SideContent, side_story
from transforms.comparison.verified_release import ABSENT, ALONE, DIFFERENT, VerifiedRelease, declarations
from transforms.disclosure.counts.audit import audit
from transforms.disclosure.sums.sum_release import SumRelease
from transforms.disclosure.suppression.protect import protect
from transforms.intake.quality import DeliveryQuality
from transforms.package.files import ReleaseContent, datapackage, release_files, stem

JULY, OCTOBER = date(2019, 7, 1), date(2019, 10, 1)
BOXTEL = replace(STANDAARD, gemeente="Boxtel", gemeente_code="0757")
BEST = replace(STANDAARD, gemeente="Best", gemeente_code="0753")

Parts = Mapping[str, Sequence[int] | Sequence[Sequence[int]]]
"""Persons per combination of categories by id of the table; the first dimension down, the second across."""

# Who is under which regeling, by sex too: 300 under the Participatiewet, 430 in all.
BEFORE: Parts = {
    "T01": [265, 35, 130],
    "T07": [[0, 0, 0], [140, 15, 60], [125, 20, 70]],
}

# In tens, which stay as they are when rounded. No difference is 20, of which 2 would be proven.
ROUND_BEFORE: Parts = {"T01": [270, 40, 130], "T07": [[0, 0, 0], [140, 20, 60], [130, 20, 70]]}
ROUND_AFTER: Parts = {"T01": [390, 40, 70], "T07": [[0, 0, 0], [200, 20, 30], [190, 20, 40]]}

DEMO_ROUNDED = replace(KWARTAAL, demo=True)


def rounded(profile: Profile) -> Profile:
    """The scheduled profile for the municipality of another one."""
    return replace(
        KWARTAAL, gemeente=profile.gemeente, gemeente_code=profile.gemeente_code, postcodes=profile.postcodes
    )


def spec_of(table: str, profile: Profile) -> TableSpec:
    return next(spec for spec in tables_of(profile) if spec.id == table)


def counted(spec: TableSpec, parts: Sequence[int] | Sequence[Sequence[int]]) -> Counted:
    """Every cell of a table from the persons per combination of categories."""
    rows = []
    for levels in product(*(dimension.levels for dimension in spec.dimensions)):
        chosen: list = list(parts)
        for dimension, level in zip(spec.dimensions, levels, strict=True):
            picked = [chosen[dimension.codes.values.index(part)] for part in dimension.parts(level)]
            chosen = (
                [sum(column) for column in zip(*picked, strict=True)] if isinstance(picked[0], list) else sum(picked)
            )
        rows.append((*levels, chosen))
    schema = {dimension.name: pl.String for dimension in spec.dimensions} | {"aantal": pl.Int64}
    return Counted(pl.DataFrame(rows, schema=schema, orient="row"), spec)


def released(parts: Parts, profile: Profile) -> tuple[Released, ...]:
    """Tables made safe together, as a run does."""
    return protect(
        [counted(spec_of(table, profile), own) for table, own in parts.items()], replace(profile, pooled=0)
    ).released


def told(
    tables: Sequence[Released], profile: Profile = STANDAARD, day: date = JULY, **changes: object
) -> VerifiedRelease:
    """A release that was verified, as comparisons get it."""
    content = ReleaseContent(tuple(tables), profile, day, **changes)  # type: ignore[arg-type]
    package = datapackage(content, {content.file_name(f"{stem(one.spec)}.csv"): b"" for one in tables})
    return VerifiedRelease(f"{profile.gemeente}-{day}", "0" * 64, content, declarations(package, content))


def signed(folder: Path, tables: Sequence[Released], key: Path, profile: Profile = STANDAARD, day: date = JULY) -> Path:
    """A release folder as `publish` leaves it, signed with a private key."""
    deliveries = tuple(DeliveryQuality(source.id, 5) for source in SOURCES)
    reason = ROUNDED if are_rounded(profile) else UNSAFE
    sums = SumRelease(withheld={} if profile.question else {amount.id: reason for amount in AMOUNTS})
    content = ReleaseContent(tuple(tables), profile, day, deliveries, withheld=sums.withheld)
    files = release_files(content)
    secret = Secret("bestandsanalyse", profile.gemeente_code, str(day.year), 1, "0" * 16, bytes(32))
    pattern = {"cost": 0, "bound": 0, "status": "optimal", "counts": 0}
    manifest = json.loads(
        manifest_of(content, secret, files, audit(tables, profile), pattern=pattern, ledger=Head(0, "0" * 64),
                    audit_log=Head(0, "0" * 64),
                    sums=sums)
    )  # fmt: skip
    # An earlier version made fewer tables.
    manifest["tables"] = {table.spec.id: table.spec.title for table in tables}
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    _sign(folder, (json.dumps(manifest, indent=2, sort_keys=True) + "\n").encode(), key)
    return folder


def _sign(folder: Path, manifest: bytes, key: Path) -> None:
    private = load_private(key)
    release = json.loads(manifest)["release"]
    hashes = {"manifest_sha256": sha256(manifest), "dossier_sha256": "0" * 64}
    officer = sshsig.public_key(private).fingerprint
    stated = Statement(DECISION, "", release, "20190701T000000-000000", **hashes, officer_fingerprint=officer,
                       stated_at="2019-07-01T00:00:00+00:00", valid_until="2019-07-08T00:00:00+00:00")  # fmt: skip
    statement = bytes_to_sign(asdict(stated))
    (folder / "manifest.json").write_bytes(manifest)
    (folder / "akkoord.json").write_bytes(statement)
    (folder / "akkoord.sig").write_bytes(sshsig.sign(private, statement))


def shown(
    table: str, cells: Mapping[str, tuple[int | None, str, int, int]], method: Method = Method.SUPPRESS
) -> Released:
    """A table of one dimension as a release shows it, cell by cell: value, status, low, high; the rest is 100."""
    spec = spec_of(table, STANDAARD)
    spec = replace(spec, disclosure=replace(spec.disclosure, method=method))
    (dimension,) = spec.dimensions
    rows = [(level, *cells.get(level, (100, "A", 100, 100))) for level in dimension.levels]
    schema = {dimension.name: pl.String, "value": pl.Int64, "status": pl.String, "low": pl.Int64, "high": pl.Int64}
    return Released(pl.DataFrame(rows, schema=schema, orient="row"), spec)


def tell_everything() -> None:
    """Reports on several releases in which every sentence is said at least once."""
    for content in _comparisons():
        change_story(content, "nl")
    for side in _sides():
        side_story(side, "nl")


def _comparisons() -> Iterator[ChangeContent]:
    tables = {"T01": BEFORE["T01"], "T07": BEFORE["T07"]}
    after = {"T01": [365, 35, 90], "T07": [[0, 0, 0], [190, 15, 40], [175, 20, 50]]}
    exact = compare_releases(told(released(tables, STANDAARD)), told(released(after, STANDAARD), day=OCTOBER))
    yield replace(exact, left_out={"T02": ABSENT, "T03": DIFFERENT})
    calm = compare_releases(told(released(tables, STANDAARD)), told(released(tables, STANDAARD), day=OCTOBER))
    yield calm
    ladder: Parts = {"T03": [[80, 10, 20]] * 6 + [[100, 10, 120]]}
    steps = [told(released(ladder, DEMO_ROUNDED), DEMO_ROUNDED, day) for day in (JULY, OCTOBER)]
    yield compare_releases(*steps)
    yield compare_releases(
        told(released(ROUND_BEFORE, KWARTAAL), KWARTAAL), told(released(ROUND_AFTER, KWARTAAL), KWARTAAL, OCTOBER)
    )
    one = shown("T01", {"pwet": (100, "A", 91, 109)}, Method.ROUND)
    other = shown("T01", {"pwet": (140, "A", 131, 149)}, Method.ROUND)
    nothing = shown("T01", dict.fromkeys(one.frame["regeling"], (None, "Q", 0, 50)), Method.ROUND)
    bare = Released(one.frame, replace(one.spec, population=()))
    for pair in ((one, other), (other, one), (one, nothing), (bare, bare)):
        yield replace(calm, changed=(compare_tables(*pair, thresholds=(10, 10)),))
    hidden = shown("T01", {"pwet": (None, "Q", 0, 50)})
    yield replace(calm, changed=(compare_tables(hidden, hidden, thresholds=(10, 10)),))
    sensitive = told(released({"T17": [117, 183]}, STANDAARD)).table("T17")
    blank = Released(
        sensitive.frame.with_columns(value=None, status=pl.lit("Q")).cast({"value": pl.Int64}), sensitive.spec
    )
    yield replace(calm, changed=(compare_tables(sensitive, blank, thresholds=(10, 10)),))


def _sides() -> Iterator[SideContent]:
    vught, boxtel = told(released(BEFORE, STANDAARD)), told(released(BEFORE, BOXTEL), BOXTEL)
    yield together((vught, boxtel), [])
    yield replace(together((vught, boxtel), ["Best"]), left_out={"T02": ALONE, "T03": DIFFERENT})
    demo = replace(BOXTEL, demo=True, method=Method.ROUND)
    yield together(
        (told(released(ROUND_BEFORE, DEMO_ROUNDED), DEMO_ROUNDED), told(released(ROUND_BEFORE, demo), demo)), []
    )
    ladder: Parts = {"T03": [[80, 10, 20]] * 6 + [[100, 10, 120]]}
    yield together([told(released(ladder, one), one) for one in (STANDAARD, BOXTEL)], [])
    tables = [
        Released(one.frame, replace(one.spec, population=())) for one in released({"T01": BEFORE["T01"]}, STANDAARD)
    ]
    yield together((told(tables), told(tables, BOXTEL)), [])
