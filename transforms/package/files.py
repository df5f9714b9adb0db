"""Released tables as the files of a release: bytes by name. Nothing is written here.

Everything a reader sees is made from `Released` cells; there is no other way in.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from schemas.specs import Profile, TableSpec
from schemas.specs.sums import SumSpec
from transforms.package.codebook import codebook_md
from transforms.package.datapackage import datapackage, package_name
from transforms.package.dcat import dcat_jsonld
from transforms.package.dummy import dummy_zip
from transforms.package.tables import about, csv_of, parquet_of, shown_sums, table_csv, table_parquet
from transforms.package.workbook import workbook_xlsx
from transforms.released.content import ReleaseContent, stem

__all__ = ["REPORTS", "ReleaseContent", "datapackage", "file_names", "release_files", "stem", "table_csv"]

DESCRIPTOR = "datapackage.json"
SUMS_FILE = "SHA256SUMS"
"""The hash of every other file, as `sha256sum -c` reads it."""
REPORTS = {"nl": "rapport_nl", "en": "report_en"}
"""Name of the report by language, without extension; the charts of the first one are files of their own."""

_TABLE_KINDS = ("csv", "parquet", "svg")
_SUM_KINDS = ("csv", "parquet")
_REPORT_KINDS = ("html", "pdf")
_PACKAGE = ("tabellen.xlsx", "codeboek.md", "methode.md", "kwaliteitsverklaring.md", "dummy.zip", "dcat.jsonld")


def file_names(profile: Profile, specs: Sequence[TableSpec], sums: Sequence[SumSpec] = ()) -> tuple[str, ...]:
    """Return the names of exactly those files that `release_files` makes for these tables."""
    prefix = "DEMO_" if profile.demo else ""
    tables = [f"{stem(spec)}.{kind}" for spec in specs for kind in _TABLE_KINDS]
    tables += [f"{stem(spec.table)}.{kind}" for spec in sums for kind in _SUM_KINDS]
    reports = (f"{name}.{kind}" for name in REPORTS.values() for kind in _REPORT_KINDS)
    return (*(prefix + name for name in (*tables, *reports, *_PACKAGE)), DESCRIPTOR, SUMS_FILE)


def release_files(content: ReleaseContent) -> dict[str, bytes]:
    """Return every file of the release except the manifest and its signature.

    Returns:
        Content by file name: every table as CSV, Parquet and chart, the reports, the package for
        the researcher, the data package that describes the others and, last, the hashes of all. Equal
        content gives equal bytes.

    Raises:
        NotTranslated: A declared text has no English.
    """
    files = {**dict(_drawn(content)), **_package_files(content)}
    named = {content.file_name(name): data for name, data in files.items()}
    named[content.file_name("dcat.jsonld")] = dcat_jsonld(content, named, package_name(content))
    named[DESCRIPTOR] = datapackage(content, named)
    return {**named, SUMS_FILE: _sums(named)}


def _sums(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()


def _drawn(content: ReleaseContent) -> Iterator[tuple[str, bytes]]:
    """Yield all tables, those of counts with a chart in Dutch, and the report in each language as HTML and PDF."""
    # Imported here: templates, charts and PDF cost start-up that commands without a report need not pay.
    from transforms.report.pdf import report_pdf
    from transforms.report.report import report_html
    from transforms.report.story import story

    stories = {code: story(content, code) for code in REPORTS}
    charts = {question.id: question.chart for question in stories["nl"].questions if question.chart}
    for released in content.released:
        name = stem(released.spec)
        yield f"{name}.csv", table_csv(released)
        yield f"{name}.parquet", table_parquet(released, title=content.stamped_title)
        yield f"{name}.svg", charts[released.spec.id].svg.encode()
    for sums in content.sums:
        cells = shown_sums(sums, content.counted(sums))
        yield f"{stem(sums.spec)}.csv", csv_of(cells)
        yield f"{stem(sums.spec)}.parquet", parquet_of(cells, about(sums.spec, content.stamped_title))
    for code, name in REPORTS.items():
        yield f"{name}.html", report_html(stories[code])
        yield f"{name}.pdf", report_pdf(stories[code])


def _package_files(content: ReleaseContent) -> dict[str, bytes]:
    # Imported here: the limits that these texts name stand beside Pandera, which costs 0.5 s.
    from transforms.report.method import method_md, quality_md

    return {
        "tabellen.xlsx": workbook_xlsx(content),
        "codeboek.md": codebook_md(content),
        "methode.md": method_md(content),
        "kwaliteitsverklaring.md": quality_md(content),
        "dummy.zip": dummy_zip([released.spec for released in content.released], [sums.spec for sums in content.sums]),
    }
