"""What each attacker costs: blank cells of the sample with more and more of what people around a town know.

    uv run python benchmarks/attackers.py [SEED ...]

The sample of every seed (2019, 1, 2 and 3) is protected against who has its tables, everybody in the file who has his
own record, too, two who pool theirs, and two who have what a statistical office publishes as well: benefits rounded to
10, Wmo to 5, nothing below 10. CPU seconds of one process.
"""

import sys
import time
from collections.abc import Sequence
from dataclasses import replace

from flows.workfolder.public_figures import TEMPLATE, statistics_of
from sample_data.generate import deliveries
from schemas.names import HUISHOUDEN
from schemas.profiles import STANDAARD
from schemas.sources import SOURCES
from schemas.specs import TOTAAL, Profile
from schemas.specs.public import PublicStatistic
from schemas.states import Pseudonymised, Released
from schemas.tables import TABLES
from tests.builders.sample import KEY, PEILDATUM
from transforms.counting.aggregate import count
from transforms.disclosure import SameFile, protect
from transforms.intake.contract import check_contract
from transforms.intake.delivery import read_delivery
from transforms.persons.costs import add_costs
from transforms.persons.derive import derive
from transforms.persons.link import link
from transforms.persons.pseudonymise import pseudonymise

LEAST_SHOWN = 10


def persons_of(seed: int) -> Pseudonymised:
    """The residents of a sample, as the tables count them."""
    sample = deliveries(seed=seed)
    staged = {}
    for source in SOURCES:
        delivered = read_delivery(sample[source.file_name], source)
        valid = check_contract(delivered, source, profile=STANDAARD, peildatum=PEILDATUM).valid
        staged[source.id] = pseudonymise(valid, source, key=KEY, peildatum=PEILDATUM)
    derived = derive(link(staged, peildatum=PEILDATUM).personen, peildatum=PEILDATUM)
    return add_costs(derived, staged, peildatum=PEILDATUM)["personen"]


def statistics(personen: Pseudonymised) -> list[PublicStatistic]:
    """The tables of the template as an office would fill them in for these residents."""
    found = []
    for record in TEMPLATE:
        cells = [{**cell, "aantal": 0} for cell in record["aantallen"]]
        (empty,) = statistics_of([{**record, "aantallen": cells}])
        true = count(personen, empty.spec).frame["aantal"].to_list()
        near = [(one + empty.rounding // 2) // empty.rounding * empty.rounding for one in true]
        values = tuple(
            figure if value is not None and figure >= LEAST_SHOWN else None
            for figure, value in zip(near, empty.values, strict=True)
        )
        spec = replace(empty.spec, id=f"P{len(found):02}")
        found.append(replace(empty, values=values, spec=spec))
    return found


def blanks(tables: Sequence[Released]) -> tuple[int, int]:
    """How many cells are blank, and how many of them are totals by one dimension at most."""
    every, totals = 0, 0
    for table in tables:
        names = [dimension.name for dimension in table.spec.dimensions]
        for row in table.frame.filter(table.frame["status"] == "Q").select(names).iter_rows():
            every += 1
            totals += sum(level != TOTAAL for level in row) <= 1 < len(names)
    return every, totals


def main() -> None:
    print(f"{'seed':>4}  {'attacker':28} {'blank':>5} {'totals':>6} {'cost':>5} {'bound':>5} {'told':>9} {'CPU-s':>6}")
    for seed in map(int, sys.argv[1:] or (2019, 1, 2, 3)):
        personen = persons_of(seed)
        counted = [count(personen, spec) for spec in TABLES]
        public = statistics(personen)
        profiles: dict[str, Profile] = {
            "the tables": replace(STANDAARD, pooled=0),
            "and any one record": replace(STANDAARD, pooled=1),
            "and two who pool theirs": STANDAARD,
            "and benefits, rounded to 10": replace(STANDAARD, public=tuple(public[:2])),
            "and Wmo, rounded to 5": replace(STANDAARD, public=tuple(public)),
        }
        for name, profile in profiles.items():
            before = time.process_time()
            beside = [count(personen, statistic.spec) for statistic in profile.public]
            made = protect(counted, profile, file=SameFile(beside, personen.frame, personen.frame[HUISHOUDEN]))
            seconds = time.process_time() - before
            every, totals = blanks(made.released)
            costs = made.suppression.cost, made.suppression.bound
            print(
                f"{seed:4}  {name:28} {every:5} {totals:6} {costs[0]:5} {costs[1]:5} "
                f"{made.audit.told_elsewhere:9} {seconds:6.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
