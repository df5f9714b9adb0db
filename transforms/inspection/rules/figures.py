"""Dutch words for numbers in a finding."""

from transforms.language.numerals import DUTCH


def figure(value: float) -> str:
    """Return a number as 1.234 or 12,5: with its own decimals, three at most."""
    if value == round(value):
        return DUTCH.number(round(value)) if value >= 0 else f"-{DUTCH.number(round(-value))}"
    return f"{value:.3f}".rstrip("0").replace(".", ",")


def persons(count: int) -> str:
    """Return a number of persons in Dutch."""
    return "1 persoon" if count == 1 else f"{DUTCH.number(count)} personen"
