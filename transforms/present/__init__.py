"""Released tables as the files of a release: bytes by name. Nothing is written here.

Everything a reader sees is made from `Released` cells; there is no other way in.
"""

from collections.abc import Sequence

from schemas.specs import Profile, TableSpec
from schemas.states import Released
from transforms.present.codebook import codebook_md
from transforms.present.content import ReleaseContent, stem
from transforms.present.datapackage import datapackage, package_name
from transforms.present.dcat import dcat_jsonld
from transforms.present.dummy import dummy_zip
from transforms.present.report import report_html
from transforms.present.tables import table_csv, table_parquet
from transforms.present.workbook import workbook_xlsx

__all__ = ["ReleaseContent", "datapackage", "file_names", "release_files", "report_html", "stem", "table_csv"]

DESCRIPTOR = "datapackage.json"
_TABLE_KINDS = ("csv", "parquet")
_DRAWN = ("ladder.svg", "rapport.html")
_PACKAGE = ("tabellen.xlsx", "codeboek.md", "methode.md", "kwaliteitsverklaring.md", "dummy.zip", "dcat.jsonld")


def file_names(profile: Profile, specs: Sequence[TableSpec]) -> tuple[str, ...]:
    """The names of the files that `release_files` makes for these tables, and no others."""
    prefix = "DEMO_" if profile.demo else ""
    tables = (f"{stem(spec)}.{kind}" for spec in specs for kind in _TABLE_KINDS)
    return (*(prefix + name for name in (*tables, *_DRAWN, *_PACKAGE)), DESCRIPTOR)


def release_files(content: ReleaseContent) -> dict[str, bytes]:
    """Every file of the release except the manifest and its signature.

    Returns:
        Content by file name: every table as CSV and Parquet, chart and report, the package for the
        researcher and, last, the data package that describes the others. Equal content gives
        equal bytes.
    """
    # Imported here: altair costs 0.3 s of start-up that commands without a chart need not pay.
    from transforms.present.chart import ladder_chart

    chart = ladder_chart(content)
    files = {name: data for released in content.released for name, data in _table_files(released, content).items()}
    files |= {"ladder.svg": chart, "rapport.html": report_html(content, chart)}
    files |= _package_files(content)
    named = {content.file_name(name): data for name, data in files.items()}
    named[content.file_name("dcat.jsonld")] = dcat_jsonld(content, named, package_name(content))
    return {**named, DESCRIPTOR: datapackage(content, named)}


def _table_files(released: Released, content: ReleaseContent) -> dict[str, bytes]:
    name = stem(released.spec)
    return {
        f"{name}.csv": table_csv(released),
        f"{name}.parquet": table_parquet(released, title=content.stamped_title),
    }


def _package_files(content: ReleaseContent) -> dict[str, bytes]:
    # Imported here: the limits that these texts name stand beside Pandera, which costs 0.5 s.
    from transforms.present.method import method_md, quality_md

    return {
        "tabellen.xlsx": workbook_xlsx(content),
        "codeboek.md": codebook_md(content),
        "methode.md": method_md(content),
        "kwaliteitsverklaring.md": quality_md(content),
        "dummy.zip": dummy_zip([released.spec for released in content.released]),
    }
