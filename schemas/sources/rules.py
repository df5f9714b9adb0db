"""Row rules that several deliveries share. Null in an optional column is good; a rule says so itself."""

import polars as pl

from schemas.fields import BEREIKT_DATUM, EIND_DATUM, GESTELD_DATUM, INGANGS_DATUM, OGDB_STATUS, TOEWIJZINGS_TIJD
from schemas.specs import Field, Rule

END_NOT_BEFORE_START = Rule(
    id="eind_voor_begin",
    column=EIND_DATUM.name,
    text="de einddatum ligt niet voor de ingangsdatum (iWmo TR018)",
    valid=(EIND_DATUM.col >= INGANGS_DATUM.col).fill_null(True),
)

NOT_STARTED_WITHOUT_START = Rule(
    id="start_past_niet",
    column=INGANGS_DATUM.name,
    text="wie niet is gestart heeft geen startdatum, en wie is gestart wel",
    valid=(OGDB_STATUS.col == "niet_gestart") == INGANGS_DATUM.col.is_null(),
)
REACHED_NOT_BEFORE_SET = Rule(
    id="bereikt_voor_gesteld",
    column=BEREIKT_DATUM.name,
    text="een doel is niet bereikt voordat het is gesteld",
    valid=(BEREIKT_DATUM.col >= GESTELD_DATUM.col).fill_null(True),
)

TIME_OF_DAY = Rule(
    id="onleesbaar",
    column=TOEWIJZINGS_TIJD.name,
    text="de inhoud is leesbaar als tijd uu:mm:ss",
    valid=TOEWIJZINGS_TIJD.col.str.contains("^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$").fill_null(True),
)


def between(field: Field, low: int, high: int) -> Rule:
    """Return the rule that a number lies in a closed range; whether it may be empty is for the column to say."""
    return Rule(
        id="buiten_bereik",
        column=field.name,
        text=f"{field.meaning.lower()} ligt tussen {low} en {high}",
        valid=pl.col(field.name).is_between(low, high).fill_null(True),
    )
