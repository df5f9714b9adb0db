"""Files of persons whose columns depend on each other, as everybody knows."""

import numpy as np
import polars as pl


def nested(seed: int, number: int, gemeenten: int, wijken: int, buurten: int) -> pl.DataFrame:
    """Persons in neighbourhoods within districts within municipalities, under two regulations."""
    rng = np.random.default_rng(seed)
    size = gemeenten * wijken * buurten
    place = rng.choice(size, number, p=rng.dirichlet(np.full(size, 2.0)))
    return pl.DataFrame(
        {
            "gemeente": [f"G{p // (wijken * buurten):02}" for p in place],
            "wijk": [f"W{p // buurten:03}" for p in place],
            "buurt": [f"B{p:04}" for p in place],
            "regeling": rng.choice(["pwet", "wmo"], number, p=[0.6, 0.4]).tolist(),
        }
    )


def ages(seed: int, number: int) -> pl.DataFrame:
    """Persons by age in five-year and ten-year classes, sex and district."""
    rng = np.random.default_rng(seed)
    age = rng.integers(20, 90, number)
    return pl.DataFrame(
        {
            "leeftijd5": [f"{a // 5 * 5}-{a // 5 * 5 + 4}" for a in age],
            "leeftijd10": [f"{a // 10 * 10}-{a // 10 * 10 + 9}" for a in age],
            "geslacht": rng.choice(["m", "v"], number).tolist(),
            "wijk": rng.choice([f"W{i}" for i in range(6)], number, p=rng.dirichlet(np.full(6, 2.0))).tolist(),
        }
    )


def overlapping(seed: int, number: int) -> pl.DataFrame:
    """Persons in regions that two groupings divide differently."""
    rng = np.random.default_rng(seed)
    region = rng.choice(24, number, p=rng.dirichlet(np.full(24, 2.0)))
    return pl.DataFrame(
        {
            "regio": [f"R{r:02}" for r in region],
            "zorg": [f"Z{r // 4}" for r in region],
            "arbeid": [f"A{(r + 2) // 4 % 6}" for r in region],
            "regeling": rng.choice(["pwet", "wmo", "beide"], number, p=[0.5, 0.35, 0.15]).tolist(),
        }
    )
