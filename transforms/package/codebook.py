"""The codebook: every table, column, code and letter of a release, from the declarations alone."""

from collections.abc import Iterable, Iterator, Sequence

from schemas.names import HIGH, LOW, STATUS, VALUE
from schemas.specs import TOTAAL, Dimension, TableSpec
from schemas.specs.sums import GEMIDDELDE
from schemas.tables.counted import caveats_of
from transforms.package.tables import COUNT_COLUMNS, INWONERS, SUM_COLUMNS, label_column
from transforms.released import statuses
from transforms.released.content import ReleaseContent, stem


def codebook_md(content: ReleaseContent) -> bytes:
    """Return the codebook as Markdown, in Dutch."""
    specs = [released.spec for released in content.released]
    dimensions: dict[Dimension, list[str]] = {}
    for spec in specs:
        for dimension in spec.dimensions:
            dimensions.setdefault(dimension, []).append(spec.id)
    lines = (
        f"# Codeboek: {content.stamped_title}",
        "",
        f"Peildatum {content.peildatum_text}. Gemaakt uit de declaraties van de tabellen, niet uit gegevens.",
        "",
        "## Kolommen van elke tabel",
        "",
        *_columns(),
        *(_sum_columns() if content.sums else ()),
        "",
        f"## Status ({statuses.SOURCE})",
        "",
        *table(("status", "betekenis"), statuses.STATUSES.items()),
        "",
        "## Tabellen",
        *(line for spec in specs for line in _table(spec, content, COUNT_COLUMNS)),
        *(line for sums in content.sums for line in _table(sums.spec, content, SUM_COLUMNS)),
        "",
        "## Indelingen",
        *(line for dimension, ids in dimensions.items() for line in _dimension(dimension, ids)),
    )
    return ("\n".join(lines) + "\n").encode()


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table in Markdown; an upright bar in a cell is escaped."""
    yield _row(head)
    yield _row(["---"] * len(head))
    yield from map(_row, rows)


def population(spec: TableSpec) -> str:
    """Return who is counted in a table, as a sentence."""
    conditions = " en ".join(f"{dimension.title}: {dimension.label(level)}" for dimension, level in spec.population)
    return f"Alleen inwoners met {conditions}." if conditions else "Alle inwoners in het bestand."


def _row(cells: Sequence[str]) -> str:
    escaped = (cell.replace("|", r"\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"


def _columns() -> Iterator[str]:
    yield from table(
        ("kolom", "eenheid", "betekenis"),
        (
            ("naam van een indeling", "code", "de categorie; `totaal` telt alle categorieën samen"),
            ("`…_label`", "tekst", "de omschrijving van die code"),
            (f"`{VALUE}`", "inwoners", "aantal; wie is geteld, staat bij de tabel; leeg als het niet is gepubliceerd"),
            (f"`{STATUS}`", "letter", "wat de waarde is, zie hieronder"),
            (f"`{LOW}`, `{HIGH}`", "inwoners", "wat iedereen uit alle tabellen samen van het ware aantal kan afleiden"),
        ),
    )


def _sum_columns() -> Iterator[str]:
    yield from ("", "## Kolommen van een tabel met bedragen (`K..`)", "")
    yield from table(
        ("kolom", "eenheid", "betekenis"),
        (
            (
                f"`{VALUE}`",
                "euro",
                "som over twaalf maanden tot en met de peildatum; leeg als zij niet is gepubliceerd",
            ),
            (
                f"`{LOW}`, `{HIGH}`",
                "euro",
                "wat iedereen van de ware som kan afleiden; `high` is leeg als niets haar begrenst",
            ),
            (
                f"`{GEMIDDELDE}`",
                "euro",
                "gepubliceerde som gedeeld door gepubliceerd aantal; leeg als een van beide ontbreekt",
            ),
            (f"`{INWONERS}`", "inwoners", "gepubliceerd aantal inwoners met een bedrag"),
        ),
    )


def _table(spec: TableSpec, content: ReleaseContent, columns: Sequence[str]) -> Iterator[str]:
    names = ", ".join(f"`{dimension.name}`, `{label_column(dimension)}`" for dimension in spec.dimensions)
    yield from ("", f"### {spec.id}: {spec.title}", "")
    yield f"- Bestanden: `{content.file_name(stem(spec))}.csv` en `.parquet`; blad `{spec.id}` van de werkmap"
    yield f"- Vraag: {spec.question}"
    yield f"- Geteld: {population(spec)}"
    yield f"- Kolommen: {names}, {', '.join(f'`{column}`' for column in columns)}"
    yield f"- Beveiliging: {spec.disclosure.method.value}"
    yield from (f"- Let op: {caveat}" for caveat in caveats_of(spec))


def _dimension(dimension: Dimension, ids: Sequence[str]) -> Iterator[str]:
    """Yield the lines about an axis.

    An axis that shows fewer levels in some tables has a section of its own, with the names of those tables.
    """
    where = f" (in {', '.join(ids)})" if dimension.shown else ""
    yield from ("", f"### `{dimension.name}`: {dimension.title}{where}", "", f"Bron: {dimension.codes.source}.")
    if dimension.multiple:
        yield "Een inwoner kan in meer dan een categorie tellen."
    yield ""
    yield from table(("code", "omschrijving", "telt samen"), (_level(dimension, level) for level in dimension.levels))


def _level(dimension: Dimension, level: str) -> tuple[str, str, str]:
    parts = dimension.parts(level)
    text = "alles" if level == TOTAAL else ", ".join(parts) if parts != (level,) else ""
    return f"`{level}`", dimension.label(level), text
