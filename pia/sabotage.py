"""Evidence with one measure broken, to prove that its check sees it."""

import re
from dataclasses import replace

import polars as pl

from pia.evidence import Evidence, KeyCustody
from schemas.names import AANTAL, HIGH, LOW, PC4, PERSOON_ID, PUBLISHED, STATUS, SUPPRESSED, VALUE
from schemas.profiles import MINIMUM_HOUSEHOLDS
from schemas.specs import TOTAAL
from schemas.specs.question import COUNTS, Question
from schemas.specs.sums import SOM
from schemas.states import SEAL, Counted, Pseudonymised, Released, ReleasedSums, Summed
from schemas.tables import TABLES
from schemas.tables.dimensions import LEEFTIJDSKLASSE, ZRM
from schemas.tables.question import EVERYBODY, table_of
from transforms.disclosure.over_time.history import Publication

_TEST_BSN = "999990019"
_AT_MOST = re.compile(rb"ten hoogste [0-9]+ %")


def deliver_unknown_column(evidence: Evidence) -> Evidence:
    """Let a column slip past the column check."""
    first = replace(evidence.delivered[0], unregistered_columns=1)
    return replace(evidence, delivered=(first, *evidence.delivered[1:]))


def forget_a_purpose(evidence: Evidence) -> Evidence:
    """Declare a field without a purpose."""
    source = evidence.sources[0]
    column = replace(source.columns[0], field=replace(source.columns[0].field, purpose=""))
    return replace(evidence, sources=(replace(source, columns=(column, *source.columns[1:])), *evidence.sources[1:]))


def keep_a_name(evidence: Evidence) -> Evidence:
    """Let a surname survive pseudonymisation."""
    return _with_column(evidence, "achternaam", "Voorbeeld")


def keep_a_bsn(evidence: Evidence) -> Evidence:
    """Put a BSN where a pseudonym should be."""
    return _with_column(evidence, PERSOON_ID, _TEST_BSN.encode())


def keep_a_postcode(evidence: Evidence) -> Evidence:
    """Let a whole postcode survive."""
    return _with_column(evidence, PC4, "5261AB")


def lose_a_row(evidence: Evidence) -> Evidence:
    """Deliver a line that is neither let through, nor quarantined, nor excluded."""
    first = replace(evidence.delivered[0], lines=evidence.delivered[0].lines + 1)
    return replace(evidence, delivered=(first, *evidence.delivered[1:]))


def pass_a_limit(evidence: Evidence) -> Evidence:
    """Let a rule be broken more often than allowed, without stopping the run."""
    first = replace(evidence.counts[0], rows=evidence.counts[0].allowed + 1)
    return replace(evidence, counts=(first, *evidence.counts[1:]))


def lose_a_cell(evidence: Evidence) -> Evidence:
    """Leave a declared cell out of a table."""
    first = evidence.released[0]
    return replace(evidence, released=(replace(first, frame=first.frame.head(-1)), *evidence.released[1:]))


def publish_a_three(evidence: Evidence) -> Evidence:
    """Publish small counts."""
    first = evidence.released[0]
    three = first.frame.with_columns(pl.lit(3, pl.Int64).alias(VALUE), pl.lit(PUBLISHED).alias(STATUS))
    return replace(evidence, released=(replace(first, frame=three), *evidence.released[1:]))


def suppress_only_one(evidence: Evidence) -> Evidence:
    """Publish a table with a single blank cell, which total minus the rest gives away."""
    spec = TABLES[0]
    (regeling,) = spec.dimensions
    counts = {"pwet": 265, "beide": None, "wmo": 130, "pwet_totaal": None, "wmo_totaal": None, TOTAAL: 398}
    values = [counts[level] for level in regeling.levels]
    frame = pl.DataFrame({regeling.name: regeling.levels, VALUE: values}).with_columns(
        pl.when(pl.col(VALUE).is_null()).then(pl.lit(SUPPRESSED)).otherwise(pl.lit(PUBLISHED)).alias(STATUS),
        pl.col(VALUE).fill_null(0).alias(LOW),
        pl.col(VALUE).fill_null(398).alias(HIGH),
    )
    return replace(evidence, released=(Released(frame, spec),))


def publish_three_more(evidence: Evidence) -> Evidence:
    """Let every count of an earlier release be three persons less."""
    first = evidence.released[0]
    less = first.frame.with_columns(pl.col(VALUE, LOW, HIGH) - 3)
    before = Publication("eerder", None, "", (replace(first, frame=less),), evidence.profile.threshold)
    return replace(evidence, earlier=(before,))


def publish_every_sum(evidence: Evidence) -> Evidence:
    """Publish every sum, whoever is behind it."""
    sums = tuple(_publish_all(table) for table in evidence.summed)
    return replace(evidence, sums=sums)


def _publish_all(table: Summed) -> ReleasedSums:
    """Return a table of sums with all of them published."""
    names = [dimension.name for dimension in table.spec.dimensions]
    som = pl.col(SOM)
    columns = [som.alias(VALUE), pl.lit(PUBLISHED).alias(STATUS), som.alias(LOW), som.alias(HIGH)]
    return ReleasedSums(table.frame.select(*names, *columns), table.spec)


def publish_sums_twice(evidence: Evidence) -> Evidence:
    """Let an earlier release hold sums, too."""
    before = Publication("eerder", None, "", (), evidence.profile.threshold, sums=("K01",))
    return replace(evidence, earlier=(before,))


def tell_of_few_households(evidence: Evidence) -> Evidence:
    """Let every count be of four households."""
    tables = [table.frame.select(dimension.name for dimension in table.spec.dimensions) for table in evidence.released]
    households = tuple(
        Counted(frame.with_columns(pl.lit(MINIMUM_HOUSEHOLDS - 1, pl.Int64).alias(AANTAL)), table.spec)
        for frame, table in zip(tables, evidence.released, strict=True)
    )
    return replace(evidence, households=households, household_sums=evidence.summed)


def cross_the_matrix(evidence: Evidence) -> Evidence:
    """Give a researcher self-sufficiency by age."""
    return answer(evidence, Question("verzoek", "", COUNTS, EVERYBODY, (ZRM.name, LEEFTIJDSKLASSE.name)))


def answer(evidence: Evidence, question: Question) -> Evidence:
    """Give a researcher a table, all blank, whatever the register says of it."""
    spec = table_of(question, TABLES)
    cells = pl.DataFrame({"_": [0]})
    for dimension in spec.dimensions:
        cells = cells.join(pl.DataFrame({dimension.name: dimension.levels}), how="cross")
    blank = cells.drop("_").with_columns(
        pl.lit(None, pl.Int64).alias(VALUE),
        pl.lit(SUPPRESSED).alias(STATUS),
        pl.lit(0, pl.Int64).alias(LOW),
        pl.lit(430, pl.Int64).alias(HIGH),
    )
    profile = replace(evidence.profile, question=question)
    return replace(evidence, profile=profile, released=(Released(blank, spec),))


def publish_a_pseudonym(evidence: Evidence) -> Evidence:
    """Add a file with a pseudonym to the release."""
    line = f"{evidence.pseudonym_prefix}AAAAAAAAAAAAAAAAAAAAAA\n".encode()
    return replace(evidence, files={**evidence.files, "bijlage.csv": line})


def tell_quarantined(evidence: Evidence) -> Evidence:
    """State a number of rows instead of a class in the statement of quality."""
    number = str(evidence.delivered[0].quarantined).encode()
    return replace(
        evidence, files={name: _AT_MOST.sub(number, content, count=1) for name, content in evidence.files.items()}
    )


def open_the_key(evidence: Evidence) -> Evidence:
    """Let others read the key file."""
    return replace(evidence, custody=KeyCustody(0o644, is_inside_output=False))


def store_in_clear(evidence: Evidence) -> Evidence:
    """Store a delivery in staging as text."""
    return replace(evidence, stored={**evidence.stored, "staging/wmo.csv": b"Bsn;Voornamen\r\n"})


def deliver_last_year(evidence: Evidence) -> Evidence:
    """Let a delivery end a year before the peildatum."""
    first = replace(evidence.delivered[0], months_behind=12)
    return replace(evidence, delivered=(first, *evidence.delivered[1:]))


def _with_column(evidence: Evidence, name: str, value: str | bytes) -> Evidence:
    """Set a column of the first staged delivery to one value."""
    source = next(iter(evidence.staged))
    staged = Pseudonymised(evidence.staged[source].frame.with_columns(pl.lit(value).alias(name)), SEAL)
    return replace(evidence, staged={**evidence.staged, source: staged})
