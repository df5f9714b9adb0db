"""Percentages, means and extremes of few persons."""

from collections.abc import Iterator

from transforms.inspection.rules.figures import figure, persons
from transforms.inspection.tables import words
from transforms.inspection.tables.model import Cell, Hit, Inspection, Severity, Statistic, Subject, Table
from transforms.inspection.tables.words import word_set

_BASES = word_set("noemer n respondenten totaal denominator base")
_PERSONAL_MEASURES = word_set("leeftijd loonwaarde inkomen uitkering schuld duur score zrm trede salaris loon")
ENOUGH_SHARES = 3
"""Number of percentages that must fit before a column is taken for shares of an undeclared total."""


def numerators(percentage: float, decimals: int, denominator: int) -> range:
    """Return the whole numerators that print as this percentage; a half may be rounded either way.

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
    """Yield percentages that stand for 1 to threshold - 1 persons, or for all but so many.

    Numerators beside denominators, too.
    """
    for table in inspection.aggregates:
        bases = _derived_bases(table)
        hits = list(_small_percentages(inspection, table, bases))
        yield from hits
        rows = {hit.row for hit in hits}
        yield from (hit for hit in _small_complements(inspection, table) if hit.row not in rows)


def _small_percentages(inspection: Inspection, table: Table, bases: dict[str, int]) -> Iterator[Hit]:
    """Yield percentages with a known denominator and a small numerator or complement."""
    for cell in table.of(Statistic.PERCENTAGE):
        denominator = _denominator(table, cell, bases)
        if denominator is None or cell.value is None or not 0 <= cell.value <= 100:
            continue
        if subject(table, cell) is Subject.THINGS:
            continue
        counts = numerators(cell.value, cell.decimals, denominator)
        complement = range(denominator - counts[-1], denominator - counts[0] + 1) if counts else counts
        percentage = f"{figure(cell.value)} % van {figure(denominator)}"
        if _all_small(inspection, counts):
            yield _numerator_hit(table, cell, f"{percentage} zijn {_between(counts)}.")
        elif _all_small(inspection, complement):
            yield _numerator_hit(table, cell, f"{percentage}: de overigen zijn {_between(complement)}.")


def _small_complements(inspection: Inspection, table: Table) -> Iterator[Hit]:
    """Yield numerators that are a few less than their denominator: 41 of 42."""
    for numerator in table.person_counts():
        if "teller" not in words.tokens(numerator.column) and "numerator" not in words.tokens(numerator.column):
            continue
        base = _base_in_row(table, numerator)
        if base is None or numerator.count is None or not inspection.is_small(base - numerator.count):
            continue
        remainder = base - numerator.count
        reveals = f"{figure(base)} - {figure(numerator.count)} = {persons(remainder)} niet."
        yield _numerator_hit(table, numerator, reveals)


def _numerator_hit(table: Table, cell: Cell, reveals: str) -> Hit:
    safe = "Het percentage leeg laten, samen met ten minste een andere cel, of op tientallen personen berekenen."
    return Hit(table.name, table.row_name(cell.row), cell.column, Severity.HIGH, reveals, safe)


def _all_small(inspection: Inspection, counts: range) -> bool:
    return len(counts) > 0 and inspection.is_small(counts[0]) and inspection.is_small(counts[-1])


def _between(counts: range) -> str:
    """Return a range of numbers of persons in Dutch."""
    return persons(counts[0]) if len(counts) == 1 else f"{counts[0]} tot en met {persons(counts[-1])}"


def _denominator(table: Table, cell: Cell, bases: dict[str, int]) -> int | None:
    """Return the declared denominator, else a base column in the row, else the base that fits the shares."""
    column = table.column(cell.column)
    declared = column.denominator if column else None
    if isinstance(declared, str):
        base = table.cells.get((cell.row, declared))
        return _usable(base) if base else None
    if declared is not None:
        return round(declared) if declared >= 1 and declared == round(declared) else None
    return _base_in_row(table, cell) or bases.get(cell.column)


def _usable(base: Cell) -> int | None:
    """Return the count of a base; None if it is zero, withheld, or of things."""
    return base.count if base.count and base.subject is not Subject.THINGS else None


def _base_in_row(table: Table, cell: Cell) -> int | None:
    """Return a column such as noemer or n in the row.

    'aantal' may be the numerator; it is the base only if the row adds up to 100 %.
    """
    bases = [other for other in table.in_row(cell.row) if other.is_person_count and other.column != cell.column]
    named = [other.count for other in bases if set(words.tokens(other.column)) <= _BASES]
    shares = [other.value or 0 for other in table.in_row(cell.row) if other.statistic is Statistic.PERCENTAGE]
    if len(bases) == 1 and len(shares) > 1 and abs(sum(shares) - 100) <= len(shares) / 2:
        named.append(bases[0].count)
    return next((count for count in named if count), None)


def _derived_bases(table: Table) -> dict[str, int]:
    """Return per percentage column the total of which its percentages are shares, if the counts show it."""
    base_of: dict[str, int] = {}
    counted = {cell.column for cell in table.person_counts()}
    for column in table.columns:
        pairs = [_shares(table, column.name, count_column) for count_column in counted]
        fitting = [base for base in (_common_base(table, pair) for pair in pairs) if base]
        if column.statistic is Statistic.PERCENTAGE and fitting:
            base_of[column.name] = fitting[0]
    return base_of


def _shares(table: Table, percentage: str, count: str) -> list[tuple[int, Cell, int]]:
    """Return row, percentage and count where both are printed."""
    rows = range(len(table.labels))
    cells = [(row, table.cells[row, percentage], table.cells[row, count]) for row in rows]
    return [(row, share, base.count) for row, share, base in cells if share.value is not None and base.count]


def _common_base(table: Table, rows: list[tuple[int, Cell, int]]) -> int | None:
    """Return the count of the row with 100 %, or the sum of all, if the other percentages are shares of it."""
    pairs = [(share, count) for _, share, count in rows]
    parts = [pair for pair in pairs if pair[0].value != 100]
    bases = [count for share, count in pairs if share.value == 100]
    # Where the other counts are withheld, a total row of 100 % says enough.
    is_enough = len(parts) >= ENOUGH_SHARES or any(
        words.is_total(table.texts[row]) for row, share, _ in rows if share.value == 100
    )
    base = next(iter(bases), sum(count for _, count in parts))
    fits = is_enough and base > 0 and all(_fits(share, count, base) for share, count in parts)
    return base if fits else None


def _fits(share: Cell, count: int, base: int) -> bool:
    """Return whether a count is a numerator of a percentage."""
    return count in numerators(share.value or 0, share.decimals, base)


def subject(table: Table, cell: Cell) -> Subject:
    """Return the subject of a percentage, mean or extreme: its own, else that of its row, else of its words.

    'Participatiebudget besteed' without a count beside it is no statistic of persons.
    """
    if cell.subject is not Subject.UNKNOWN:
        return cell.subject
    column = table.column(cell.column)
    if column and isinstance(column.denominator, str) and (cell.row, column.denominator) in table.cells:
        return table.cells[cell.row, column.denominator].subject
    counts = [other for other in table.in_row(cell.row) if other.statistic is Statistic.COUNT and _has_number(other)]
    subjects = {other.subject for other in counts}
    if Subject.PERSONS in subjects or (counts and cell.statistic is not Statistic.PERCENTAGE):
        return Subject.PERSONS if Subject.PERSONS in subjects else counts[0].subject
    if any(_are_shares(table, cell.column, other) for other in counts if other.subject is Subject.THINGS):
        return Subject.THINGS
    if words.speaks_of_things(table.texts[cell.row], cell.column, table.name):
        return Subject.THINGS
    is_personal = _PERSONAL_MEASURES & set(words.tokens(f"{cell.column} {table.title}"))
    return Subject.PERSONS if is_personal else words.subject_of(table.title)


def _are_shares(table: Table, percentage: str, count: Cell) -> bool:
    """Return whether the percentages are of a column of counts: 10 % of 30 aanbieders beside 3 aanbieders."""
    pairs = [(share, number) for _, share, number in _shares(table, percentage, count.column)]
    ranges = [(_denominator(table, share, {}), share, number) for share, number in pairs]
    with_base = [(base, share, number) for base, share, number in ranges if base]
    return bool(with_base) and all(
        number in numerators(share.value or 0, share.decimals, base) for base, share, number in with_base
    )


def _has_number(cell: Cell) -> bool:
    """Return whether a cell holds a number or a bound."""
    return cell.value is not None or cell.below is not None
