"""An attacker who lists every file of persons that there can be."""

from itertools import combinations, pairwise

import numpy as np


def files_of(persons: int, types: int) -> np.ndarray:
    """Row per way to divide persons over types, column per type."""
    bars = combinations(range(persons + types - 1), types - 1)
    return np.array([[b - a - 1 for a, b in pairwise((-1, *chosen, persons + types - 1))] for chosen in bars])
