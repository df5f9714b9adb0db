"""What a good run shows the PIA, of the sample and without a work folder."""

import stat
from collections.abc import Mapping, Sequence
from datetime import date

from pia.evidence import DeliveryFacts, Evidence, KeyCustody
from schemas.names import PERSOON_ID
from schemas.profiles import STANDAARD
from schemas.sources import SOURCES
from schemas.states import Pseudonymised, Summed
from schemas.tables.sums import AMOUNTS, SUMS, sums_of
from tests.builders.sample import KEY, PEILDATUM
from transforms.counting.aggregate import sum_amounts, sum_without_suppliers
from transforms.disclosure import Protected
from transforms.disclosure.sums.sum_release import SumRelease, protect_amounts
from transforms.intake.contract import Checked
from transforms.intake.quality import quality_of
from transforms.package.files import ReleaseContent, release_files

TODAY = date(2026, 11, 21)
RESIDENTS = 430


def summed_of(costed: Mapping[str, Pseudonymised], contributor: str = PERSOON_ID) -> tuple[Summed, ...]:
    """Every table of sums."""
    return tuple(sum_amounts(costed[spec.amount.id], spec, contributor) for spec in SUMS)


def rests_of(costed: Mapping[str, Pseudonymised]) -> dict[str, list[tuple[Summed, ...]]]:
    """By amount and supplier, every table of sums without what he was paid."""
    return {
        amount.id: list(
            zip(
                *(
                    sum_without_suppliers(costed[amount.id], costed[f"{amount.id}_facturen"], spec).values()
                    for spec in sums_of(amount)
                ),
                strict=True,
            )
        )
        for amount in AMOUNTS
    }


def protected_sums(
    summed: Sequence[Summed], protected: Protected, rests: Mapping[str, Sequence[Sequence[Summed]]]
) -> SumRelease:
    """What of these sums can be published beside the counts."""
    by_amount = {
        amount.id: [table for spec, table in zip(SUMS, summed, strict=True) if spec.amount == amount]
        for amount in AMOUNTS
    }
    return protect_amounts(by_amount, protected.released, rests, {})


def evidence_of(
    checked: Sequence[Checked],
    staged: Mapping[str, Pseudonymised],
    protected: Protected,
    sums: SumRelease,
    summed: tuple[Summed, ...],
    rests: Mapping[str, Sequence[Sequence[Summed]]],
) -> Evidence:
    """The evidence of a run in which everything went as it should."""
    quality = tuple(
        quality_of(one.source.id, rows=one.rows, quarantined=one.quarantine.frame.height, threshold=10)
        for one in checked
    )
    content = ReleaseContent(protected.released, STANDAARD, PEILDATUM, quality, sums.released)
    return Evidence(
        profile=STANDAARD,
        peildatum=PEILDATUM,
        today=TODAY,
        sources=SOURCES,
        delivered=tuple(
            DeliveryFacts(
                one.source.id, one.rows, one.valid.frame.height, one.quarantine.frame.height, one.excluded, 0, 0
            )
            for one in checked
        ),
        counts=tuple(rule for one in checked for rule in one.counts),
        staged=staged,
        residents=RESIDENTS,
        stored={f"quarantine/{one.source.id}.identified.parquet": b"PARE" + bytes([200, 255, 1]) for one in checked},
        pseudonym_prefix=KEY.prefix,
        released=protected.released,
        files=release_files(content),
        custody=KeyCustody(stat.S_IFREG | 0o600, is_inside_output=False),
        sums=sums.released,
        summed=summed,
        rests=tuple(table for suppliers in rests.values() for tables in suppliers for table in tables),
    )
