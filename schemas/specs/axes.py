"""Which levels of an axis are its parts as it is shown, and which are sums of them."""

from schemas.specs import Dimension, Subtotal


def categories(dimension: Dimension) -> tuple[str, ...]:
    """Return, in order, the levels of an axis that contain no other level; its codes if it shows them all."""
    if not dimension.shown:
        return dimension.codes.values
    parts = {level: frozenset(dimension.parts(level)) for level in dimension.shown}
    return tuple(level for level in parts if not any(other < parts[level] for other in parts.values()))


def subtotals(dimension: Dimension) -> tuple[Subtotal, ...]:
    """Return the subtotals that an axis shows beside its categories."""
    own = set(categories(dimension))
    return tuple(
        subtotal for subtotal in dimension.subtotals if subtotal.code in dimension.levels and subtotal.code not in own
    )
