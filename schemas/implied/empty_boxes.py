"""Boxes of a truth table in which nothing is true: a choice of places on every axis."""

from itertools import combinations

import numpy as np

from schemas.implied.truth_tables import Truth, alike

Box = tuple[tuple[int, ...], ...]
"""Per axis the places inside."""


def empty_boxes(truth: Truth) -> list[Box]:
    """Return the largest boxes in which nothing is true: adding a place to one would include something true."""
    groups: list[list[list[int]]] = []
    for axis in range(truth.ndim):
        groups.append(alike(truth, axis))
        truth = truth.take([group[0] for group in groups[-1]], axis)
    choices = [_choices(size) for size in truth.shape]
    is_empty = ~truth
    for axis, chosen in enumerate(choices):
        is_empty = np.stack([is_empty.take(places, axis).all(axis) for places in chosen], axis)
    largest = is_empty.copy()
    for axis, chosen in enumerate(choices):
        for place in range(truth.shape[axis]):
            larger = is_empty.take([chosen.index(sorted({*places, place})) for places in chosen], axis)
            lacks = np.array([place not in places for places in chosen])
            largest &= ~(larger & np.expand_dims(lacks, [other for other in range(truth.ndim) if other != axis]))
    return [
        tuple(
            tuple(sorted(place for group in chosen[index] for place in own[group]))
            for index, chosen, own in zip(box, choices, groups, strict=True)
        )
        for box in np.argwhere(largest)
    ]


def _choices(size: int) -> list[list[int]]:
    """Return every choice of one or more places."""
    return [[*places] for number in range(1, size + 1) for places in combinations(range(size), number)]


def widen(box: Box, truth: Truth) -> Box:
    """Return an empty box without the limits that it does not need to stay empty.

    Axis by axis, the box gets all places if it is still empty with them.

    Args:
        box: A box in which nothing of `truth` is true.
    """
    widened = list(box)
    for axis, size in enumerate(truth.shape):
        limited = widened[axis]
        widened[axis] = tuple(range(size))
        if truth[np.ix_(*widened)].any():
            widened[axis] = limited
    return tuple(widened)
