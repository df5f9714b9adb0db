"""What a supplier's file costs beside the same rows in our own form: CPU seconds and their ratio, and peak memory.

    uv run python benchmarks/mapping.py [TIMES]

The sample of benefits, claims and the ZRM, a number of times (40) below one header; each is read in our form, and from
the supplier's by the mapping that is proposed from it: as text, and as a sheet of a workbook. A workbook is remembered
for the other mappings that look at it, so only its first call counts. Peak memory is that of the whole process.
"""

import resource
import sys
import time
import tomllib
from collections.abc import Callable

from sample_data.generate import deliveries
from sample_data.supplier import supplier_files
from sample_data.workbook import supplier_workbook
from schemas.sources import declaraties, participatiewet, zrm
from transforms.intake import sheet_parts, workbooks
from transforms.intake.delivery import read_delivery
from transforms.intake.mapping.apply import apply
from transforms.intake.mapping.declaration import parse_mappings
from transforms.intake.mapping.propose import propose
from transforms.intake.mapping.toml import toml_of

FILES = {
    "uitkeringen_export.csv": participatiewet.SOURCE,
    "declaraties_export.csv": declaraties.SOURCE,
    "zrm_breed.csv": zrm.SOURCE,
}


def longer(content: bytes, times: int, above: int) -> bytes:
    """Return a file with its rows a number of times, below the same first lines."""
    lines = content.splitlines(keepends=True)
    return b"".join(lines[:above] + lines[above:] * times)


def cpu_seconds(work: Callable[[], object]) -> list[float]:
    """CPU seconds of a first and a second call."""
    spent = []
    for _ in range(2):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return spent


def main(times: int) -> None:
    sample = deliveries()
    theirs = supplier_files(sample)
    print("file                      rows    ours        theirs       ratio   peak MB")
    for name, source in FILES.items():
        (mapping,) = parse_mappings(tomllib.loads(toml_of(propose(theirs[name], gemeente_code="0865"))))
        ours = longer(sample[source.file_name], times, 1)
        file = longer(theirs[name], times, 2 if name.startswith("uitkeringen") else 1)
        rows = read_delivery(ours, source).frame.height
        first = cpu_seconds(lambda ours=ours, source=source: read_delivery(ours, source))  # type: ignore[misc]
        second = cpu_seconds(
            lambda file=file, mapping=mapping: read_delivery(apply(file, mapping).content, mapping.source)  # type: ignore[misc]
        )
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        shown = "  ".join(f"{seconds:.2f}" for seconds in (*first, *second))
        print(f"{name:24} {rows:6}  {shown}  {second[1] / first[1]:.1f}  {peak}")
        book = supplier_workbook({name: file})
        (mapping,) = parse_mappings(tomllib.loads(toml_of(propose(book, gemeente_code="0865"))))
        workbooks._records.cache_clear()  # noqa: SLF001 - the proposal has read it
        sheet_parts._facts_or_problem.cache_clear()  # noqa: SLF001
        start = time.process_time()
        read_delivery(apply(book, mapping).content, mapping.source)
        spent = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{'  in a workbook':24} {rows:6}  {'':10}  {spent:.2f}        {spent / first[1]:.1f}  {peak}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
