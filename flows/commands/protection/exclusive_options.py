"""Options of `protect` that do not go together."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from schemas.errors import NotTogether
from schemas.names import HIGH, LOW, STATUS, VALUE
from schemas.specs.sums import GEMIDDELDE


def require_together(sum: str | None, method: str, ledger: Path | None, of_ledger: Sequence[object]) -> None:  # noqa: A002
    """Return if the options go together.

    Args:
        of_ledger: What only a ledger gives a meaning; each empty if it was not given.

    Raises:
        NotTogether: Sums with a ledger or rounding, or options of a ledger without one.
    """
    if sum is not None and (ledger is not None or method == "round"):
        raise NotTogether(
            "--sum does not go with --ledger or --method round: exact sums of two releases, or beside rounded counts, "
            "show the amount of one person",
            "Make the sums once, in a run of their own.",
        )
    if ledger is None and any(of_ledger):
        raise NotTogether(
            "--peildatum, --population, --contains, --disjoint, --same-as and --new say how a release stands to those "
            "in a ledger, and mean nothing without --ledger",
            "Give the folder of the ledger, or leave them out.",
        )


def require_sum_apart(sum: str | None, by: Sequence[Sequence[str]]) -> None:  # noqa: A002
    """Raise `NotTogether` if a table counts by the amount, or by a column that the sums need for themselves."""
    output_columns = {f"{sum}_{part}" for part in (VALUE, LOW, HIGH, STATUS, GEMIDDELDE)} | {sum}
    if sum is not None and any(name in output_columns for names in by for name in names):
        raise NotTogether(
            f"--by names the column of --sum, or one called {sum}_{VALUE} or the like, which the output needs",
            "Leave it out of --by, or give the column another name.",
        )


def require_alone(option: str, value: str | None, other_options: Mapping[str, object], why: str) -> None:
    """Raise `NotTogether` if an option was given, and another one beside which it cannot be judged.

    Args:
        other_options: Values of the other options, by what they are called; empty if they were not given.
        why: Why they do not go together.
    """
    if names := [name for name, other_value in other_options.items() if other_value and value is not None]:
        raise NotTogether(
            f"{option} does not go with {names[0]}: {why}",
            "Leave one of them out, or make two runs.",
        )
