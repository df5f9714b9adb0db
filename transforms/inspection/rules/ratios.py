"""Percentages, means and extremes of few persons."""

from collections.abc import Iterator

from transforms.inspection.rules.figures import figure, persons
from transforms.inspection.tables import words
from transforms.inspection.tables.model import Cell, Hit, Inspection, Severity, Statistic, Subject, Table
from transforms.inspection.tables.words import word_set

_BASES = word_set("noemer n respondenten totaal denominator base")
_PERSONAL_MEASURES = word_set("leeftijd loonwaarde inkomen uitkering schuld duur score zrm trede salaris loon")
ENOUGH_SHARES = 3
"""Percentages that must fit before a column is taken for shares of a total that nobody declared."""


def numerators(percentage: float, decimals: int, denominator: int) -> range:
    """Every whole numerator that prints as this percentage; halves may have been rounded either way.

    Empty if no numerator does, as with a misprint.
    """
    half = 0.5 * 10**-decimals + 1e-9
    around = range(
        max(0, int((percentage - half) * denominator / 100) - 1),
        min(denominator, int((percentage + half) * denominator / 100) + 1) + 1,
    )
    fitting = [count for count in around if abs(100 * count / denominator - percentage) <= half]
    return range(fitting[0], fitting[-1] + 1) if fitting else range(0)


def small_numerators(inspection: Inspection) -> Iterator[Hit]:
    """Percentages, and numerators beside denominators, that stand for 1 to threshold - 1 persons, or all but those."""
    for table in inspection.aggregates:
        bases = _derived_bases(table)
        told = list(_small_percentages(inspection, table, bases))
        yield from told
        seen = {hit.row for hit in told}
        yield from (hit for hit in _small_complements(inspection, table) if hit.row not in seen)


def _small_percentages(inspection: Inspection, table: Table, bases: dict[str, int]) -> Iterator[Hit]:
    for cell in table.of(Statistic.PERCENTAGE):
        denominator = _denominator(table, cell, bases)
        if denominator is None or cell.value is None or not 0 <= cell.value <= 100:
            continue
        if subject(table, cell) is Subject.THINGS:
            continue
        range_ = numerators(cell.value, cell.decimals, denominator)
        complement = range(denominator - range_[-1], denominator - range_[0] + 1) if range_ else range_
        said = f"{figure(cell.value)} % van {figure(denominator)}"
        if _all_small(inspection, range_):
            yield _numerator_hit(table, cell, f"{said} zijn {_between(range_)}.")
        elif _all_small(inspection, complement):
            yield _numerator_hit(table, cell, f"{said}: de overigen zijn {_between(complement)}.")


def _small_complements(inspection: Inspection, table: Table) -> Iterator[Hit]:
    """41 of 42: one did not."""
    for numerator in table.person_counts():
        if "teller" not in words.tokens(numerator.column) and "numerator" not in words.tokens(numerator.column):
            continue
        base = _base_in_row(table, numerator)
        if base is None or numerator.count is None or not inspection.is_small(base - numerator.count):
            continue
        rest = base - numerator.count
        said = f"{figure(base)} - {figure(numerator.count)} = {persons(rest)} niet."
        yield _numerator_hit(table, numerator, said)


def _numerator_hit(table: Table, cell: Cell, reveals: str) -> Hit:
    safe = "Het percentage leeg laten, samen met ten minste een andere cel, of op tientallen personen berekenen."
    return Hit(table.name, table.row_name(cell.row), cell.column, Severity.HIGH, reveals, safe)


def _all_small(inspection: Inspection, counts: range) -> bool:
    return len(counts) > 0 and inspection.is_small(counts[0]) and inspection.is_small(counts[-1])


def _between(counts: range) -> str:
    return persons(counts[0]) if len(counts) == 1 else f"{counts[0]} tot en met {persons(counts[-1])}"


def _denominator(table: Table, cell: Cell, bases: dict[str, int]) -> int | None:
    """Declared, else a base column in the row, else the total that the column's shares are found to be of."""
    column = table.column(cell.column)
    told = column.denominator if column else None
    if isinstance(told, str):
        base = table.cells.get((cell.row, told))
        return _usable(base) if base else None
    if told is not None:
        return round(told) if told >= 1 and told == round(told) else None
    return _base_in_row(table, cell) or bases.get(cell.column)


def _usable(base: Cell) -> int | None:
    return base.count if base.count and base.subject is not Subject.THINGS else None


def _base_in_row(table: Table, cell: Cell) -> int | None:
    """A column noemer or n beside it; 'aantal' may be the numerator, so it is none, unless the row adds up to 100 %."""
    bases = [other for other in table.in_row(cell.row) if other.is_person_count and other.column != cell.column]
    named = [other.count for other in bases if set(words.tokens(other.column)) <= _BASES]
    shares = [other.value or 0 for other in table.in_row(cell.row) if other.statistic is Statistic.PERCENTAGE]
    if len(bases) == 1 and len(shares) > 1 and abs(sum(shares) - 100) <= len(shares) / 2:
        named.append(bases[0].count)
    return next((count for count in named if count), None)


def _derived_bases(table: Table) -> dict[str, int]:
    """Per percentage column the total that its percentages are shares of, if the table's counts show it."""
    found: dict[str, int] = {}
    counted = {cell.column for cell in table.person_counts()}
    for column in table.columns:
        pairs = [_shares(table, column.name, other) for other in counted]
        fitting = [base for base in (_common_base(table, pair) for pair in pairs) if base]
        if column.statistic is Statistic.PERCENTAGE and fitting:
            found[column.name] = fitting[0]
    return found


def _shares(table: Table, percentage: str, count: str) -> list[tuple[int, Cell, int]]:
    """Per row its number, its percentage and its count, where both are printed."""
    rows = range(len(table.labels))
    cells = [(row, table.cells[row, percentage], table.cells[row, count]) for row in rows]
    return [(row, share, base.count) for row, share, base in cells if share.value is not None and base.count]


def _common_base(table: Table, told: list[tuple[int, Cell, int]]) -> int | None:
    """The count of the row with 100 %, or the sum of all, if the other percentages are shares of it."""
    pairs = [(share, count) for _, share, count in told]
    parts = [pair for pair in pairs if pair[0].value != 100]
    bases = [count for share, count in pairs if share.value == 100]
    # Where the other counts are withheld, a total row of 100 % says enough.
    is_told = len(parts) >= ENOUGH_SHARES or any(
        words.is_total(table.texts[row]) for row, share, _ in told if share.value == 100
    )
    base = next(iter(bases), sum(count for _, count in parts))
    fits = is_told and base > 0 and all(_fits(share, count, base) for share, count in parts)
    return base if fits else None


def _fits(share: Cell, count: int, base: int) -> bool:
    return count in numerators(share.value or 0, share.decimals, base)


def subject(table: Table, cell: Cell) -> Subject:
    """Of what a percentage, mean or extreme is: its own, else that of the counts in its row, else of its words.

    'Participatiebudget besteed' without a count beside it is no statistic of persons.
    """
    if cell.subject is not Subject.UNKNOWN:
        return cell.subject
    column = table.column(cell.column)
    if column and isinstance(column.denominator, str) and (cell.row, column.denominator) in table.cells:
        return table.cells[cell.row, column.denominator].subject
    counts = [other for other in table.in_row(cell.row) if other.statistic is Statistic.COUNT and _is_told(other)]
    told = {other.subject for other in counts}
    if Subject.PERSONS in told or (counts and cell.statistic is not Statistic.PERCENTAGE):
        return Subject.PERSONS if Subject.PERSONS in told else counts[0].subject
    if any(_are_shares(table, cell.column, other) for other in counts if other.subject is Subject.THINGS):
        return Subject.THINGS
    if words.speaks_of_things(table.texts[cell.row], cell.column, table.name):
        return Subject.THINGS
    is_personal = _PERSONAL_MEASURES & set(words.tokens(f"{cell.column} {table.title}"))
    return Subject.PERSONS if is_personal else words.subject_of(table.title)


def _are_shares(table: Table, percentage: str, count: Cell) -> bool:
    """Whether a column of counts is what the percentages are of: 10 % of 30 aanbieders beside 3 aanbieders."""
    pairs = [(share, number) for _, share, number in _shares(table, percentage, count.column)]
    ranges = [(_denominator(table, share, {}), share, number) for share, number in pairs]
    told = [(base, share, number) for base, share, number in ranges if base]
    return bool(told) and all(
        number in numerators(share.value or 0, share.decimals, base) for base, share, number in told
    )


def _is_told(cell: Cell) -> bool:
    return cell.value is not None or cell.below is not None
