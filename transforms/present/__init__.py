"""Released tables as the files of a release: bytes by name. Nothing is written here.

Everything a reader sees is made from `Released` cells; there is no other way in.
"""

from collections.abc import Iterator, Sequence

from schemas.specs import Profile, TableSpec
from transforms.present.content import ReleaseContent, stem
from transforms.present.datapackage import datapackage
from transforms.present.tables import table_csv

__all__ = ["REPORTS", "ReleaseContent", "datapackage", "file_names", "release_files", "stem", "table_csv"]

DESCRIPTOR = "datapackage.json"
REPORTS = {"nl": "rapport_nl", "en": "report_en"}
"""Name of the report by language, without extension; the charts of the first one are files of their own."""


def file_names(profile: Profile, specs: Sequence[TableSpec]) -> tuple[str, ...]:
    """The names of the files that `release_files` makes for these tables, and no others."""
    prefix = "DEMO_" if profile.demo else ""
    tables = tuple(f"{stem(spec)}.csv" for spec in specs)
    charts = tuple(f"{stem(spec)}.svg" for spec in specs)
    reports = tuple(f"{name}.{extension}" for name in REPORTS.values() for extension in ("html", "pdf"))
    return (*(prefix + name for name in (*tables, *charts, *reports)), DESCRIPTOR)


def release_files(content: ReleaseContent) -> dict[str, bytes]:
    """Every file of the release except the manifest and its signature.

    Returns:
        Content by file name: a CSV and a chart per table, the reports and, last, the data
        package that describes the others. Equal content gives equal bytes.

    Raises:
        NotTranslated: A declared text has no English.
    """
    files = {f"{stem(released.spec)}.csv": table_csv(released) for released in content.released}
    files |= dict(_reports(content))
    named = {content.file_name(name): data for name, data in files.items()}
    return {**named, DESCRIPTOR: datapackage(content, named)}


def _reports(content: ReleaseContent) -> Iterator[tuple[str, bytes]]:
    """The charts in Dutch, and the report in every language as HTML and PDF."""
    # Imported here: templates, charts and PDF cost start-up that commands without a report need not pay.
    from transforms.present.pdf import report_pdf
    from transforms.present.report import report_html
    from transforms.present.story import story

    stories = {code: story(content, code) for code in REPORTS}
    drawn = {question.id: question.chart for question in stories["nl"].questions if question.chart}
    for released in content.released:
        yield f"{stem(released.spec)}.svg", drawn[released.spec.id].svg.encode()
    for code, name in REPORTS.items():
        yield f"{name}.html", report_html(stories[code])
        yield f"{name}.pdf", report_pdf(stories[code])
