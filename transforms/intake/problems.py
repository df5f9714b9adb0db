"""What is wrong with a delivery: rule, column, lines and what was expected, and never a value."""

from dataclasses import dataclass, replace

import polars as pl

from schemas.errors import BestandsanalyseError
from schemas.fields import BSN, CREDIT, DEBETCREDIT
from schemas.states import Identified
from transforms.intake.contract import REASONS, UNREADABLE_RULE, Checked, RuleCount, over_limit
from transforms.intake.delivery import ROW_NUMBER
from transforms.intake.mapping.declaration import FileMapping

MOST_LINES = 20
"""Lines that are named of one problem."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a file.

    Attributes:
        rule: Word of the rule, or of the error about the file as a whole.
        column: Header in the file, of a mapped one with ours in brackets; empty if it is about whole rows or all of it.
        lines: The first lines with it, `MOST_LINES` at most; the header is line 1 unless something stands above it.
        rows: Rows with it; None if it is about the file as a whole.
        allowed: Rows that may have it before a run stops; None likewise.
        expected: What is asked: of a rule in Dutch, of an error its message.
        stops: Whether a run stops for it; rows of any other problem go to the quarantine.
    """

    rule: str
    column: str
    lines: tuple[int, ...]
    rows: int | None
    allowed: int | None
    expected: str
    stops: bool


def problem_of(error: BestandsanalyseError) -> Problem:
    """Return what an error about a file says."""
    line = getattr(error, "line", None)
    return Problem(error.code, "", () if line is None else (line,), None, None, str(error), stops=True)


def problems_of(checked: Checked) -> tuple[Problem, ...]:
    """Return every rule that rows of a delivery break, in order of declaration, and the limits that are passed."""
    reasons = checked.quarantine.frame.explode(REASONS, empty_as_null=True)
    broken = [_problem(count, _lines(reasons, checked, count)) for count in checked.counts if count.rows]
    return tuple(broken + [_problem(count, ()) for count in over_limit(checked) if count not in checked.counts])


def _problem(count: RuleCount, lines: tuple[int, ...]) -> Problem:
    column = "" if count.column in {"rij", "alle"} else count.column
    stops = count.rows > count.allowed
    return Problem(count.rule, column, lines, count.rows, count.allowed, count.text, stops)


def _lines(reasons: pl.DataFrame, checked: Checked, count: RuleCount) -> tuple[int, ...]:
    """Return the first lines that break a rule."""
    names = [column.field.name for column in checked.source.columns if column.header == count.column]
    reason = f"{names[0] if names else count.column}:{count.rule}"
    lines = reasons.filter(pl.col(REASONS) == reason).get_column(ROW_NUMBER)
    return tuple(lines.unique().sort().head(MOST_LINES))  # a line may hold several rows


def in_words_of_file(problem: Problem, mapping: FileMapping) -> Problem:
    """Return a problem of a mapped file with the header of the file, and the forms in which it is read."""
    forms = mapping.forms.get(problem.column, ())
    said = f"; de omzetting leest {' of '.join(forms)}" if forms and problem.rule == UNREADABLE_RULE else ""
    return replace(problem, column=mapping.header_in_file(problem.column), expected=problem.expected + said)


def persons_in(valid: Identified) -> int:
    """Count the persons in valid rows."""
    return valid.frame.get_column(BSN.name).n_unique()


def amount_in(checked: Checked) -> int | None:
    """Return the sum of the amounts in valid rows in eurocent, net of credit; None if the source has no amount."""
    amount, frame = checked.source.amount, checked.valid.frame
    if amount is None:
        return None
    is_credit = DEBETCREDIT.col == CREDIT if DEBETCREDIT.name in frame.columns else pl.lit(False)
    signed = pl.when(is_credit).then(-amount.col).otherwise(amount.col)
    return int(frame.select(signed.sum()).item())
