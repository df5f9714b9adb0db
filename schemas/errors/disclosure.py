"""Why no safe release was found, by itself or beside earlier ones: a statistician or the officer judges."""

from collections.abc import Mapping, Sequence

from schemas.errors.base import BestandsanalyseError, Exit


class DisclosureFailure(BestandsanalyseError):
    """No safe pattern was found, or the attacker's audit found a hole."""

    exit_code = Exit.DISCLOSURE

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(f"Disclosure control: {problem}. Nothing was published. Coarsen or drop a table.")


class NoSafePattern(DisclosureFailure):
    """Whatever is blank, somebody could prove too much."""

    def __init__(self) -> None:
        super().__init__("no pattern is safe")


class Contradiction(DisclosureFailure):
    """No file of persons has these counts."""

    exit_code = Exit.DISCLOSURE

    def __init__(self, problem: str = "the counts contradict each other") -> None:
        super().__init__(problem)


class PublicFiguresDiffer(BestandsanalyseError):
    """The file has other counts than a declared statistic of others allows for."""

    exit_code = Exit.DECLARATION

    def __init__(self, differing: Mapping[str, tuple[int, int]]) -> None:
        self.differing = dict(differing)
        named = "; ".join(f"'{title}': {wrong} of {figures} figures" for title, (wrong, figures) in differing.items())
        super().__init__(
            f"The file counts other numbers of residents than these statistics, by more than their rounding and margin "
            f"({named}). An attack with wrong figures proves nothing, so nothing was published. Check day, population "
            "and categories in openbaar.toml; if they count by another definition, give the statistic a larger marge."
        )


class UnsafeOverTime(BestandsanalyseError):
    """With what was published before, the release would prove that few persons came or left."""

    exit_code = Exit.DISCLOSURE

    def __init__(self, problem: str, base: int | None) -> None:
        self.base = base
        rounding = "No rounding makes it safe now."
        if base:
            rounding = (
                f"Rounded to multiples of {base} it is safe now (protect --method round --base {base}); profile "
                "kwartaal rounds to multiples of 10, and a run with a larger base needs a profile of its own."
            )
        super().__init__(
            f"The release is held back: beside earlier ones, {problem}. Nothing was published; earlier "
            f"releases stay valid under their own peildatum. {rounding}"
        )


class TooExact(BestandsanalyseError):
    """Counts that show changes, beside an earlier release of perhaps the same persons; no count was looked at."""

    exit_code = Exit.DISCLOSURE

    def __init__(self, columns: Sequence[str], threshold: int) -> None:
        self.columns = tuple(columns)
        self.threshold = threshold
        super().__init__(
            f"An earlier release counts perhaps the same persons, so counts by {', '.join(columns)} tell too much: the "
            "difference of numbers that are exact, or hardly rounded, shows who came or left, and a blank shows that "
            f"few did. Nothing was published. Round to multiples of {threshold} or more, which hardly move (profile "
            f"kwartaal; protect --method round --base {threshold}), or say what is true: the peildatum and population "
            "of the earlier release if these are its persons, --disjoint if none of them is in this file."
        )


class LedgerMoved(BestandsanalyseError):
    """Another release was entered after this one was judged."""

    exit_code = Exit.DISCLOSURE

    def __init__(self) -> None:
        super().__init__(
            "Another release was entered in the ledger while this one was made, so they were not judged together. "
            "Nothing was published. Run again."
        )
