"""A file of a supplier made into a delivery, with the line of the file for every row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import polars as pl

from schemas.errors import MappedTotalMissing, RowsLost
from schemas.specs import Column, SourceSpec, Treatment
from transforms.intake.contract import Checked, renumber
from transforms.intake.delivery import BSNS, NOTHING, SEPARATOR, persons_on_lines
from transforms.intake.elfproef import is_valid_bsn, meant_bsn
from transforms.intake.mapping.declaration import FileMapping, RowMapping, header_key
from transforms.intake.mapping.forms import in_our_form
from transforms.intake.mapping.lines import Lines, bsn_place, last_person, read_lines, total_lines
from transforms.intake.text_files import join_records

_ODD = "-"
"""A cell behind the others of a line with too many or too few cells, so that it never has as many as a row."""
_NO_BSN = " ? "
"""Between what stands in the cell of the BSN and the BSNs elsewhere on the line, so that it is none itself."""
_LINE, _ROW = "regel", "meting"


@dataclass(frozen=True, eq=False, kw_only=True)
class Mapped:
    """A file as a delivery, and what became of its lines: each is the header, a row or more, or named here.

    Attributes:
        header: Line of the header in the file.
        content: The delivery, as bytes: a header, and a line per row.
        lines: Line of the file by row of the delivery.
        odd: By line of the file that has too many or too few cells: how many, as `11/12`.
        above: Lines above the header, such as a title.
        aside: Lines below it that hold nothing in any column that is read.
        totals: Lines that begin as a total does and name no person.
        unmeasured: The line of every measurement that was not made; a line may be in it several times.
        unread: Positions of the columns that were not read; the first is 1.
    """

    header: int
    content: bytes
    lines: tuple[int, ...]
    odd: Mapping[int, str]
    above: tuple[int, ...]
    aside: tuple[int, ...]
    totals: tuple[int, ...]
    unmeasured: tuple[int, ...]
    unread: tuple[int, ...]


def apply(content: bytes, mapping: FileMapping) -> Mapped:
    """Return a file as a delivery of its source: the columns that the analysis reads, and nothing else.

    Args:
        content: The file: text in UTF-8 or Windows-1252, or an XLSX workbook.
        mapping: How it becomes a delivery.

    Raises:
        DeliveryError: As `read_lines`.
        MappedTotalMissing: No line below its last row begins as the mapping says that a total does.
    """
    lines = read_lines(content, mapping)
    totals = total_lines(lines, mapping)
    columns = [column for column in mapping.source.columns if _is_written(column, mapping)]
    made = _made(lines, totals, columns, mapping)
    is_made = made[mapping.only_with] != "" if mapping.only_with else pl.repeat(True, made.height, eager=True)
    unmeasured, made = made.filter(~is_made)[_LINE].sort(), made.filter(is_made)
    # A line of nothing but separators is no row to the reader.
    made = made.filter(pl.any_horizontal(pl.exclude(_LINE, _ROW).str.strip_chars(NOTHING) != ""))
    odd_rows = [line for line in lines.odd if line.line not in totals]
    odd = [[*line.cells, *[_ODD] * (2 if len(line.cells) + 1 == len(columns) else 1)] for line in odd_rows]
    if mapping.totals and max(totals, default=0) < last_person(lines, mapping):
        raise MappedTotalMissing(mapping.source.id)
    return Mapped(
        header=lines.header,
        content=join_records(
            chain([[column.header for column in columns]], made.drop(_LINE, _ROW).rows(), odd), SEPARATOR
        ),
        lines=(*made[_LINE], *(line.line for line in odd_rows)),
        odd={line.line: f"{len(line.cells)}/{len(lines.headers)}" for line in odd_rows},
        above=tuple(line.line for line in lines.above),
        aside=tuple(sorted({line.line for line in lines.whole} - totals - {*made[_LINE]} - {*unmeasured})),
        totals=tuple(sorted(totals)),
        unmeasured=tuple(unmeasured),
        unread=tuple(place for place, name in enumerate(lines.headers, start=1) if name not in mapping.read),
    )


def require_all_lines(mapped: Mapped, counted: int, source: SourceSpec) -> None:
    """Raise unless every line of a file is its header, became a row, or is named as one that did not.

    Args:
        counted: Lines of the file with something on them, counted from its bytes by other code.

    Raises:
        RowsLost: A line is neither.
    """
    named = {mapped.header, *mapped.lines, *mapped.above, *mapped.aside, *mapped.totals, *mapped.unmeasured}
    if len(named) != counted:
        raise RowsLost(source.id, counted, len(named))


def at_lines_of_file(checked: Checked, mapped: Mapped) -> Checked:
    """Return a delivery after its contract, with the lines and cells of the file in the place of those of `content`."""
    return renumber(checked, dict(enumerate(mapped.lines, start=2)), mapped.odd)  # the header is line 1


def _made(lines: Lines, totals: set[int], columns: Sequence[Column], mapping: FileMapping) -> pl.DataFrame:
    """Return a row per measurement of a whole line that holds something that is read, in order of line."""
    numbers = pl.Series(_LINE, [line.line for line in lines.whole], dtype=pl.UInt32)
    frame = lines.frame.with_columns(numbers, _with_persons_elsewhere(lines, mapping))
    places = [str(lines.headers.index(header)) for header in sorted(mapping.read)]
    is_read = pl.any_horizontal(pl.col(places).is_not_null())
    rows = frame.filter(is_read & ~pl.col(_LINE).is_in(sorted(totals)))
    return pl.concat(
        rows.select(pl.col(_LINE), pl.lit(number).alias(_ROW), *_values(row, columns, lines.headers, mapping))
        for number, row in enumerate(mapping.rows)
    ).sort(_LINE, _ROW)


def _with_persons_elsewhere(lines: Lines, mapping: FileMapping) -> pl.Series:
    """Return the cells of the BSN; where there is none, with those in cells that are not read behind it.

    The row goes to the quarantine as it would without, and a request of a resident finds it: there, and in the archive.
    """
    name = str(bsn_place(lines, mapping))
    own = lines.frame[name]
    unread = [place for place, header in enumerate(lines.headers) if header not in mapping.read]
    cells = [[line.cells[place] for place in unread] for line in lines.whole]
    found = pl.DataFrame([own, persons_on_lines(own, cells)])
    is_elsewhere = (pl.col(BSNS).list.len() > 0) & ~is_valid_bsn(meant_bsn(pl.col(name))).fill_null(False)
    both = pl.concat_str(pl.col(name).fill_null(""), pl.lit(_NO_BSN), pl.col(BSNS).list.join(" "))
    return found.select(pl.when(is_elsewhere).then(both).otherwise(pl.col(name)).alias(name)).to_series()


def _is_written(column: Column, mapping: FileMapping) -> bool:
    """Return whether the delivery gets a column: not one that may be absent and is not mapped."""
    is_filled = any(column.header in {*row.columns.values(), *row.fixed} for row in mapping.rows)
    return is_filled or not column.may_be_absent


def _values(row: RowMapping, columns: Sequence[Column], headers: Sequence[str], mapping: FileMapping) -> list[pl.Expr]:
    """Return the columns of ours; empty where nothing is mapped to one, or the analysis does not read it."""
    origins = {ours: str(headers.index(header_key(header))) for header, ours in row.columns.items()}
    return [_value(column, origins, row.fixed, mapping).fill_null("").alias(column.header) for column in columns]


def _value(column: Column, origins: Mapping[str, str], fixed: Mapping[str, str], mapping: FileMapping) -> pl.Expr:
    name = column.header
    if name not in origins or column.field.treatment is Treatment.UNREAD:
        return pl.lit(fixed.get(name, ""))
    text = pl.col(origins[name])
    forms = mapping.forms.get(name, ())
    value = in_our_form(text, column.field.kind, forms) if forms else text
    return pl.coalesce(_code_of(text, mapping.codes[name]), value) if name in mapping.codes else value


def _code_of(text: pl.Expr, codes: Mapping[str, str]) -> pl.Expr:
    """Return the code of a word; null for one that stands in no list, so that the contract can say so."""
    word = text.str.to_lowercase()
    exact = {known: code for known, code in codes.items() if not known.endswith("*")}
    beginnings = sorted((known[:-1] for known in codes.keys() - exact.keys()), key=len, reverse=True)
    return pl.coalesce(
        word.replace_strict(exact, default=None, return_dtype=pl.String),
        *(pl.when(word.str.starts_with(start)).then(pl.lit(codes[f"{start}*"])) for start in beginnings),
    )
