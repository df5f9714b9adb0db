"""Which levels of an axis are its parts as it is shown, and which are sums of them."""

from schemas.specs import Dimension, Subtotal


def categories(dimension: Dimension) -> tuple[str, ...]:
    """The levels that hold no other level of the axis, in order; of an axis that shows all, its codes."""
    if not dimension.shown:
        return dimension.codes.values
    parts = {level: frozenset(dimension.parts(level)) for level in dimension.shown}
    return tuple(level for level in parts if not any(other < parts[level] for other in parts.values()))


def subtotals(dimension: Dimension) -> tuple[Subtotal, ...]:
    """The sums that the axis shows beside its categories."""
    own = set(categories(dimension))
    return tuple(
        subtotal for subtotal in dimension.subtotals if subtotal.code in dimension.levels and subtotal.code not in own
    )
