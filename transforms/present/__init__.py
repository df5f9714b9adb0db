"""Released tables as the files of a release: bytes by name. Nothing is written here.

Everything a reader sees is made from `Released` cells; there is no other way in.
"""

from collections.abc import Sequence

from schemas.magnitude import SumSpec
from schemas.specs import Profile, TableSpec
from transforms.present.content import ReleaseContent, stem
from transforms.present.datapackage import datapackage
from transforms.present.report import report_html
from transforms.present.tables import sum_csv, table_csv

__all__ = ["ReleaseContent", "datapackage", "file_names", "release_files", "report_html", "stem", "table_csv"]

DESCRIPTOR = "datapackage.json"
SCENARIO_CHART = "scenarios.svg"


def file_names(profile: Profile, specs: Sequence[TableSpec], sums: Sequence[SumSpec] = ()) -> tuple[str, ...]:
    """The names of the files that `release_files` makes for these tables, and no others."""
    prefix = "DEMO_" if profile.demo else ""
    tables = (*specs, *(one.table for one in sums))
    charts = ("ladder.svg", *((SCENARIO_CHART,) if sums else ()))
    named = (*(f"{stem(spec)}.csv" for spec in tables), *charts, "rapport.html")
    return (*(prefix + name for name in named), DESCRIPTOR)


def release_files(content: ReleaseContent) -> dict[str, bytes]:
    """Every file of the release except the manifest and its signature.

    Returns:
        Content by file name: a CSV per table, the charts, the report and, last, the data
        package that describes the others. Equal content gives equal bytes.
    """
    # Imported here: altair costs 0.3 s of start-up that commands without a chart need not pay.
    from transforms.present.chart import ladder_chart
    from transforms.present.scenario_chart import scenario_chart

    files = {f"{stem(released.spec)}.csv": table_csv(released) for released in content.released}
    files |= {f"{stem(table.spec)}.csv": sum_csv(table, content.counted(table)) for table in content.sums}
    charts = {"ladder.svg": ladder_chart(content)}
    charts |= {SCENARIO_CHART: scenario_chart(content)} if content.sums else {}
    files |= charts | {"rapport.html": report_html(content, charts["ladder.svg"], charts.get(SCENARIO_CHART))}
    named = {content.file_name(name): data for name, data in files.items()}
    return {**named, DESCRIPTOR: datapackage(content, named)}
