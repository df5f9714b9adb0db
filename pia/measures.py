"""Registry of the measures.

Each has its text, risk and legal basis, the function that enforces it, a check, and a sabotage that the check must see.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import polars as pl

from pia import sabotage
from pia.checks.amounts import no_sum_gives_a_person_away, published_sums, sums_only_once
from pia.checks.custody import PRIVATE_MODE, require_private_key
from pia.checks.households import nothing_of_few_households
from pia.checks.packed import unpack
from pia.checks.statement import no_small_quarantine
from pia.evidence import Evidence, Finding
from pia.question import only_allowed_crossings, require_askable
from pia.register import require_registered, unregistered_fields
from schemas.errors import DisclosureFailure
from schemas.fields import MAXIMUM_CENT
from schemas.names import HIGH, LEEFTIJD_HOOGST, LEEFTIJD_LAAGST, LOW, PC4, PERSOON_ID, VALUE
from schemas.profiles import MINIMUM_CELL, MINIMUM_HOUSEHOLDS, MINIMUM_WIDTH
from schemas.specs import Field, Kind, Treatment
from schemas.tables.dimensions import IN_STOCK
from transforms.counting.aggregate import count
from transforms.disclosure import audit, protect
from transforms.disclosure.counts.households import Households
from transforms.disclosure.over_time.over_time import audit_over_time
from transforms.disclosure.sums.sum_release import protect_amounts, why_none
from transforms.intake.contract import MAXIMUM_MONTHS_BEHIND, check_contract, enforce_limits, enforce_recency
from transforms.intake.delivery import column_names
from transforms.intake.elfproef import is_valid_bsn
from transforms.intake.quality import quality_of
from transforms.package.files import file_names, release_files
from transforms.persons.pseudonymise import encode, pseudonymise
from transforms.sealing.parquet import encrypt_frame

_MADE = {
    Treatment.PSEUDONYM: (PERSOON_ID,),
    Treatment.AGE: (LEEFTIJD_LAAGST, LEEFTIJD_HOOGST),
    Treatment.PC4: (PC4,),
    Treatment.DROP: (),
    Treatment.UNREAD: (),
}
_LONE_NINE_DIGITS = re.compile(rb"(?<![0-9a-f.,-])[0-9]{9}(?![0-9a-f.,])")  # not within a hash or a coordinate


@dataclass(frozen=True)
class Measure:
    """A promise of the DPIA kept by code, with check and sabotage.

    Attributes:
        enforced_by: The function itself: rename it and the PIA does not import.
        check: Reads outcomes, not the enforcing code.
        sabotage: The same evidence with this measure broken on purpose.
    """

    id: str
    text: str
    risk: str
    basis: str
    enforced_by: Callable[..., object]
    check: Callable[[Evidence], Finding]
    sabotage: Callable[[Evidence], Evidence]


def _only_registered_columns(evidence: Evidence) -> Finding:
    """Check M01."""
    unknown = sum(delivery.unregistered_columns for delivery in evidence.delivered)
    return Finding(unknown == 0, f"{unknown} onbekende kolommen in {len(evidence.delivered)} leveringen")


def _register_is_complete(evidence: Evidence) -> Finding:
    """Check M02."""
    missing = unregistered_fields(evidence.sources)
    return Finding(not missing, f"{len(missing)} velden zonder betekenis, doel, bron of bewaartermijn")


def _only_needed_columns(evidence: Evidence) -> Finding:
    """Check M03."""
    surplus = 0
    for source in evidence.sources:
        allowed = {name for field in source.fields for name in _columns_made_of(field)}
        frame = evidence.staged[source.id].frame
        surplus += len(set(frame.columns) - allowed)
        surplus += sum(not _is_as_declared(frame[field.name], field) for field in source.fields if _is_kept(field))
    return Finding(surplus == 0, f"{surplus} kolommen na pseudonimisering die te veel zijn of iets anders bevatten")


def _columns_made_of(field: Field) -> tuple[str, ...]:
    """Return the columns that pseudonymisation may leave of a field."""
    if field.treatment is Treatment.NUMBER:
        return (f"{field.name}_nummer",)
    return _MADE.get(field.treatment, (field.name,))


def _is_kept(field: Field) -> bool:
    """Return whether pseudonymisation keeps a field as it is."""
    return field.treatment is Treatment.KEEP


def _is_as_declared(column: pl.Series, field: Field) -> bool:
    """Return whether a kept column is a closed code, a date, an amount or a number.

    Free text cannot hide in it.
    """
    if field.codes is not None:
        return bool(column.drop_nulls().is_in(field.codes.values).all())
    if field.kind is Kind.CENT:
        return column.dtype == pl.Int64 and bool(column.drop_nulls().is_between(0, MAXIMUM_CENT).all())
    return column.dtype == pl.Date or column.dtype.is_numeric()


def _only_pseudonyms(evidence: Evidence) -> Finding:
    """Check M04."""
    wrong = 0
    for staged in evidence.staged.values():
        texts = staged.frame.select(pl.col(pl.String))
        wrong += _no_pseudonyms(staged.frame[PERSOON_ID], evidence.pseudonym_prefix.encode())
        wrong += sum(texts.filter(is_valid_bsn(pl.col(name))).height for name in texts.columns)
    return Finding(wrong == 0, f"{wrong} waarden die geen pseudoniem zijn of op een BSN lijken")


def _no_pseudonyms(column: pl.Series, prefix: bytes) -> int:
    """Count values that are not a prefix and one block, or show a block before encipherment.

    In an enciphered block the four zero bytes in the middle (`transforms.persons.pseudonymise`) have a chance of 2^-32.
    """
    if column.dtype != pl.Binary:
        return column.len()
    is_whole = column.bin.starts_with(prefix) & (column.bin.size() == len(prefix) + 16)
    is_plain = column.bin.slice(len(prefix) + 8, 4).bin.starts_with(bytes(4))
    return int((~(is_whole & ~is_plain)).fill_null(True).sum())


def _only_coarse_quasi_identifiers(evidence: Evidence) -> Finding:
    """Check M05."""
    fine = 0
    for staged in evidence.staged.values():
        frame = staged.frame
        fine += sum(name.startswith("geboorte") for name in frame.columns)
        ages = [name for name in (LEEFTIJD_LAAGST, LEEFTIJD_HOOGST) if name in frame.columns]
        fine += sum(frame.filter(~pl.col(name).is_between(0, 120).fill_null(False)).height for name in ages)
        if PC4 in frame.columns:
            fine += frame.filter(~pl.col(PC4).str.contains("^[1-9][0-9]{3}$").fill_null(False)).height
    return Finding(fine == 0, f"{fine} volledige geboortedata of postcodes in de tussenbestanden")


def _every_row_accounted_for(evidence: Evidence) -> Finding:
    """Check M06."""
    lost = sum(
        abs(delivery.lines - delivery.valid - delivery.quarantined - delivery.excluded)
        + abs(delivery.valid - evidence.staged[delivery.source].frame.height)
        for delivery in evidence.delivered
    )
    return Finding(
        lost == 0, f"{lost} regels zonder bestemming, van {sum(delivery.lines for delivery in evidence.delivered)}"
    )


def _within_limits(evidence: Evidence) -> Finding:
    """Check M07."""
    over = sum(count.rows > count.allowed for count in evidence.counts)
    return Finding(over == 0, f"{over} regels boven hun grens, van {len(evidence.counts)}")


def _every_declared_cell(evidence: Evidence) -> Finding:
    """Check M08."""
    wrong = 0
    for table in evidence.released:
        grid = pl.DataFrame({"_": [0]})
        for dimension in table.spec.dimensions:
            grid = grid.join(pl.DataFrame({dimension.name: dimension.levels}), how="cross")
        wrong += not table.frame.select(grid.drop("_").columns).equals(grid.drop("_"))
        profile, total = table.spec.disclosure, table.frame[VALUE][-1]
        wrong += (
            table.spec.population == (IN_STOCK,)
            and total is not None
            and abs(total - evidence.residents) > profile.reach
        )
    return Finding(
        wrong == 0, f"{wrong} tabellen met andere cellen dan afgesproken, of een ander totaal dan het bestand"
    )


def _no_small_cell(evidence: Evidence) -> Finding:
    """Check M09."""
    # Reads the released cells, not the suppression code: two ways to be right.
    is_small = pl.col(VALUE).is_between(1, evidence.profile.threshold - 1)
    small = sum(table.frame.filter(is_small).height for table in evidence.released)
    return Finding(small == 0, f"{small} cellen van 1 tot en met {evidence.profile.threshold - 1}")


def _nothing_derivable(evidence: Evidence) -> Finding:
    """Check M10."""
    try:
        earlier = [table for publication in evidence.same_day for table in publication.tables]
        result = audit(evidence.released, evidence.profile, earlier)
    except DisclosureFailure:
        return Finding(False, "een onderdrukte cel is uit de gepubliceerde cellen af te leiden of te nauw begrensd")
    lowest = "geen" if result.lowest_high is None else f"{result.lowest_high:.0f}"
    elsewhere = (
        f"; van {result.told_elsewhere} verraden cijfers van anderen zelf al meer" if result.told_elsewhere else ""
    )
    observation = f"{result.suppressed} onderdrukte cellen; laagste bovengrens voor een aanvaller: {lowest}{elsewhere}"
    return Finding(True, observation)


def _no_small_change(evidence: Evidence) -> Finding:
    """Check M15."""
    # Cell by cell and by the bounds that the tables state themselves; the enforcing side solves programs.
    small = 0
    for before, now in product((t for publication in evidence.earlier for t in publication.tables), evidence.released):
        if before.spec.id == now.spec.id and before.frame.height == now.frame.height:
            joined, gone = now.frame[LOW] - before.frame[HIGH], before.frame[LOW] - now.frame[HIGH]
            is_small = joined.is_between(1, evidence.profile.threshold - 1) | gone.is_between(
                1, evidence.profile.threshold - 1
            )
            small += int(is_small.sum())
    return Finding(
        small == 0,
        f"{small} cellen waarvan naast {len(evidence.earlier)} eerdere uitgiften blijkt dat er enkele inwoners bij "
        "kwamen of weggingen",
    )


def _no_person_in_files(evidence: Evidence) -> Finding:
    """Check M11."""
    traces, numbers = 0, []
    for content in (piece for packed in evidence.files.values() for piece in unpack(packed)):
        traces += content.count(evidence.pseudonym_prefix.encode())
        numbers += [match.decode() for match in _LONE_NINE_DIGITS.findall(content)]
    traces += pl.DataFrame({"n": numbers}, schema={"n": pl.String}).filter(is_valid_bsn(pl.col("n"))).height
    strange = len(
        evidence.files.keys()
        ^ set(file_names(evidence.profile, [table.spec for table in evidence.released], published_sums(evidence)))
    )
    return Finding(
        traces == strange == 0,
        f"{traces} pseudoniemen of burgerservicenummers in {len(evidence.files)} bestanden, {strange} andere bestanden "
        "dan afgesproken",
    )


def _key_is_private(evidence: Evidence) -> Finding:
    """Check M12."""
    is_private = evidence.custody.mode & 0o777 == PRIVATE_MODE and not evidence.custody.is_inside_output
    place = "binnen" if evidence.custody.is_inside_output else "buiten"
    return Finding(is_private, f"sleutelbestand met rechten {evidence.custody.mode & 0o777:o}, {place} de uitvoer")


def _everything_is_sealed(evidence: Evidence) -> Finding:
    """Check M13.

    Parquet with an encrypted footer begins with PARE, and then every column is encrypted (Encryption.md, 5.1).
    """
    complete = all(f"quarantine/{source.id}.identified.parquet" in evidence.stored for source in evidence.sources)
    clear = sum(
        not content.startswith(b"PARE") or evidence.pseudonym_prefix.encode() in content
        for content in evidence.stored.values()
    )
    return Finding(clear == 0 and complete, f"{clear} leesbare van {len(evidence.stored)} bestanden")


def _recent_deliveries(evidence: Evidence) -> Finding:
    """Check M14."""
    behind = max(delivery.months_behind for delivery in evidence.delivered)
    is_recent = behind <= MAXIMUM_MONTHS_BEHIND
    return Finding(is_recent, f"de oudste levering eindigt {behind} maanden voor de peildatum")


MEASURES: tuple[Measure, ...] = (
    Measure("M01", "Een kolom die het register niet kent, stopt de verwerking.", "R3",
            "AVG art. 5 lid 1 onder b en c", column_names, _only_registered_columns, sabotage.deliver_unknown_column),
    Measure("M02", "Elk veld staat in het register met betekenis, soort, doel, bron en bewaartermijn.", "R3",
            "AVG art. 5 lid 2 en art. 30", require_registered, _register_is_complete, sabotage.forget_a_purpose),
    Measure("M03", "Namen, adressen, vrije tekst en al wat niet nodig is, vervallen bij pseudonimisering.", "R3",
            "AVG art. 5 lid 1 onder c", pseudonymise, _only_needed_columns, sabotage.keep_a_name),
    Measure("M04", "Het BSN wordt vervangen door een pseudoniem met een geheime sleutel per doel, gemeente en jaar.",
            "R2", "AVG art. 4 lid 5; UAVG art. 46 (te bevestigen)", encode, _only_pseudonyms, sabotage.keep_a_bsn),
    Measure("M05", "Geboortedatum wordt leeftijd en postcode wordt viercijferig.", "R2",
            "AVG art. 5 lid 1 onder c", pseudonymise, _only_coarse_quasi_identifiers, sabotage.keep_a_postcode),
    Measure("M06", "Elke regel van een levering, op die van wie niet meedoet na, gaat door, staat met zijn nummer in "
            "quarantaine, of wordt geteld en niet gelezen; geen regel verdwijnt.", "R5",
            "AVG art. 5 lid 1 onder d", check_contract, _every_row_accounted_for, sabotage.lose_a_row),
    Measure("M07", "Meer foute rijen dan de grens van een regel stopt de verwerking.", "R5",
            "AVG art. 5 lid 1 onder d", enforce_limits, _within_limits, sabotage.pass_a_limit),
    Measure("M08", "Een tabel bevat precies de afgesproken cellen en telt op tot het bestand.", "R1",
            "AVG art. 25", count, _every_declared_cell, sabotage.lose_a_cell),
    Measure("M09", f"Een cel met 1 tot en met {MINIMUM_CELL - 1} personen wordt niet gepubliceerd.", "R1",
            "AVG art. 5 lid 1 onder c; overweging 26", protect, _no_small_cell, sabotage.publish_a_three),
    Measure("M10", f"Een onderdrukte cel is niet af te leiden. Wie alle tabellen en de opgegeven cijfers van anderen "
            f"kent, moet {MINIMUM_CELL} of meer personen mogelijk blijven achten en houdt een marge van ten minste "
            f"{MINIMUM_WIDTH}. Laten die cijfers zelf al minder over, dan maakt de uitgifte dat niet kleiner.",
            "R1", "AVG overweging 26; WP216 (te bevestigen)", protect, _nothing_derivable, sabotage.suppress_only_one),
    Measure("M11", "De uitgifte bestaat uit de afgesproken bestanden, zonder pseudoniem of burgerservicenummer.",
            "R1", "AVG art. 89; UAVG art. 46 (te bevestigen)", release_files, _no_person_in_files,
            sabotage.publish_a_pseudonym),
    Measure("M12", "De sleutel ligt ingepakt, buiten de uitvoer, en is alleen leesbaar voor de eigenaar.", "R2",
            "AVG art. 4 lid 5 en art. 32", require_private_key, _key_is_private, sabotage.open_the_key),
    Measure("M13", "Tussenbestanden en quarantaine zijn versleuteld; geen bestand van een run toont personen.", "R4",
            "AVG art. 32", encrypt_frame, _everything_is_sealed, sabotage.store_in_clear),
    Measure("M14", f"Een levering is niet ouder dan {MAXIMUM_MONTHS_BEHIND} maanden voor de peildatum.", "R5",
            "AVG art. 5 lid 1 onder d", enforce_recency, _recent_deliveries, sabotage.deliver_last_year),
    Measure("M15", "Naast eerdere uitgiften is van geen cel te bewijzen dat er 1 tot en met "
            f"{MINIMUM_CELL - 1} inwoners bij kwamen of weggingen.", "R1",
            "AVG overweging 26; WP216 (te bevestigen)", audit_over_time, _no_small_change, sabotage.publish_three_more),
    Measure("M31", "Een bedrag wordt alleen gepubliceerd als genoeg inwoners eraan bijdragen, niemand er een te groot "
            "deel van heeft en het niet uit andere bedragen volgt, ook voor een leverancier die aftrekt wat hij zelf "
            "declareerde; een leeg bedrag blijft aan beide kanten open.", "R1",
            "AVG overweging 26; WP216 (te bevestigen)", protect_amounts, no_sum_gives_a_person_away,
            sabotage.publish_every_sum),
    Measure("M32", "Bedragen staan in een enkele uitgifte: wie er twee aftrekt, ziet het bedrag van wie kwam of "
            "wegging.", "R1", "AVG overweging 26; WP216 (te bevestigen)", why_none, sums_only_once,
            sabotage.publish_sums_twice),
    Measure("M33", "De kwaliteitsverklaring noemt een klasse en geen aantal: van geen levering volgt eruit dat er "
            f"1 tot en met {MINIMUM_CELL - 1} rijen buiten de analyse bleven.", "R1",
            "AVG art. 5 lid 1 onder c; overweging 26", quality_of, no_small_quarantine, sabotage.tell_quarantined),
    Measure("M34", "Waar de levering zegt wie samen een uitkering krijgt, gaat geen gepubliceerd aantal van "
            f"{MINIMUM_CELL} of meer inwoners over minder dan {MINIMUM_HOUSEHOLDS} huishoudens, en draagt "
            "een huishouden als één inwoner bij aan een bedrag.", "R1",
            "AVG overweging 26; WP216 (te bevestigen)", Households, nothing_of_few_households,
            sabotage.tell_of_few_households),
    Measure("M41", "Op een verzoek van een onderzoeker komt een enkele tabel, over indelingen die het register samen "
            "toestaat; bedragen en profielen van personen zijn niet te vragen.", "R3",
            "AVG art. 5 lid 1 onder b en c; art. 89 (te bevestigen)", require_askable, only_allowed_crossings,
            sabotage.cross_the_matrix),
)  # fmt: skip


def judge(evidence: Evidence) -> tuple[tuple[Measure, Finding], ...]:
    """Return every measure with the finding of its check, in order."""
    return tuple((measure, measure.check(evidence)) for measure in MEASURES)
