"""The files of a comparison: bytes by name. Nothing is written here."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.specs import TableSpec
from transforms.comparison.change import COLUMNS as CHANGE_COLUMNS
from transforms.comparison.changes import ChangeContent, change_story
from transforms.comparison.compared_fields import CHANGE_FIELDS, SIDE_FIELDS
from transforms.comparison.side import COLUMNS as SIDE_COLUMNS
from transforms.comparison.side_by_side import SideContent, side_story
from transforms.comparison.verified_release import VerifiedRelease
from transforms.package.datapackage import PROFILES, about_table, axis
from transforms.package.dcat import MEDIA_TYPES
from transforms.package.files import DESCRIPTOR, REPORTS
from transforms.package.tables import csv_of, with_labels
from transforms.released.content import stem
from transforms.report.pdf import report_pdf
from transforms.report.report import report_html
from transforms.report.story import Story

Json = dict[str, Any]

ORIGIN = "herkomst.json"
"""Which releases the comparison was made from, what was proven of them, and the hash of every file."""


@dataclass(frozen=True, eq=False)
class _Compared:
    """What the files of a comparison are made of.

    Attributes:
        tables: By file name, the declaration and the content.
        measures: The columns after those of the dimensions, described.
        about: What the data package says of the whole.
        origin: What it was made from, and what was proven.
    """

    tables: Mapping[str, tuple[TableSpec, bytes]]
    measures: Sequence[Json]
    stories: Mapping[str, Story]
    about: Json
    origin: Json
    is_demo: bool

    def files(self) -> dict[str, bytes]:
        """Tables, reports, what describes them, and at last where they come from."""
        prefix = "DEMO_" if self.is_demo else ""
        files = {prefix + name: content for name, (_, content) in self.tables.items()}
        files |= {prefix + name: content for name, content in _reports(self.stories)}
        specs = {prefix + name: spec for name, (spec, _) in self.tables.items()}
        package: Json = {
            "$schema": f"{PROFILES}/datapackage.json",
            **self.about,
            "demo": self.is_demo,
            "language": "nl",
            "resources": [_resource(name, content, specs.get(name), self.measures) for name, content in files.items()],
        }
        files[DESCRIPTOR] = _canonical(package)
        hashes = {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}
        files[ORIGIN] = _canonical({**self.origin, "demo": self.is_demo, "files": hashes})
        return files


def change_files(content: ChangeContent, versions: Mapping[str, str]) -> dict[str, bytes]:
    """Return every file of the comparison of two peildata; equal content gives equal bytes.

    Args:
        versions: Of what made it, by name.

    Raises:
        NotTranslated: A declared text has no English.
    """
    profile = content.after.content.profile
    days = [release.content.peildatum.isoformat() for release in (content.before, content.after)]
    about: Json = {
        "name": f"verandering-{profile.gemeente_code}-{days[0]}-{days[1]}",
        "title": f"Wat veranderde er in {profile.gemeente}? Peildata {days[0]} en {days[1]}",
        "gemeente": profile.gemeente,
        "gemeente_code": profile.gemeente_code,
        "peildata": days,
    }
    origin: Json = {
        "releases": _origins((content.before, content.after)),
        "proof": {
            "solved": content.proof.solved,
            "changes_proven": content.proof.changes,
            "small_changes_proven": 0,
            "threshold": content.proof.threshold,
        },
        "left_out": dict(content.left_out),
        "versions": dict(versions),
    }
    tables = {
        f"{stem(table.spec)}.csv": (table.spec, csv_of(with_labels(table.frame, table.spec, CHANGE_COLUMNS)))
        for table in content.changed
    }
    stories = {code: change_story(content, code) for code in REPORTS}
    return _Compared(tables, CHANGE_FIELDS, stories, about, origin, content.is_demo).files()


def side_files(content: SideContent, versions: Mapping[str, str]) -> dict[str, bytes]:
    """Return every file of the municipalities side by side; equal content gives equal bytes.

    Args:
        versions: Of what made it, by name.

    Raises:
        NotTranslated: A declared text has no English.
    """
    day = content.peildatum.isoformat()
    about: Json = {
        "name": f"gemeenten-{day}",
        "title": f"Gemeenten naast elkaar, peildatum {day}",
        "gemeenten": [{"gemeente_code": gemeente.code, "gemeente": gemeente.name} for gemeente in content.members],
        "peildatum": day,
    }
    origin: Json = {
        "releases": _origins(content.releases),
        "x": [{"gemeente_code": gemeente.code, "gemeente": gemeente.name} for gemeente in content.absent],
        "left_out": dict(content.left_out),
        "versions": dict(versions),
    }
    tables = {
        f"{stem(table.spec)}.csv": (table.spec, csv_of(with_labels(table.frame, table.spec, SIDE_COLUMNS)))
        for table in content.tables
    }
    stories = {code: side_story(content, code) for code in REPORTS}
    return _Compared(tables, SIDE_FIELDS, stories, about, origin, content.is_demo).files()


def _reports(stories: Mapping[str, Story]) -> Iterator[tuple[str, bytes]]:
    for code, name in REPORTS.items():
        yield f"{name}.html", report_html(stories[code])
        yield f"{name}.pdf", report_pdf(stories[code])


def _origins(releases: Sequence[VerifiedRelease]) -> list[Json]:
    return [
        {
            "release": release.release,
            "manifest_sha256": release.manifest_sha256,
            "gemeente": release.content.profile.gemeente,
            "gemeente_code": release.content.profile.gemeente_code,
            "peildatum": release.content.peildatum.isoformat(),
        }
        for release in releases
    ]


def _resource(name: str, content: bytes, spec: TableSpec | None, measures: Sequence[Json]) -> Json:
    base, _, extension = name.rpartition(".")
    resource: Json = {
        "name": base.lower() if spec else name.lower(),
        "path": name,
        "format": extension,
        "mediatype": MEDIA_TYPES[extension],
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
    if spec is None:
        return resource | ({"type": "file"} if extension == "pdf" else {"encoding": "utf-8"})
    axes = [field for dimension in spec.dimensions for field in axis(dimension, spec)]
    return resource | {
        "$schema": f"{PROFILES}/dataresource.json",
        "type": "table",
        "encoding": "utf-8",
        "title": spec.title,
        "description": about_table(spec),
        "schema": {
            "$schema": f"{PROFILES}/tableschema.json",
            "fields": [*axes, *measures],
            "missingValues": [""],
        },
    }


def _canonical(content: Json) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
