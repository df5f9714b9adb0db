"""Row rules that several deliveries share. Null in an optional column is good; a rule says so itself."""

import polars as pl

from schemas.fields import BEREIKT_DATUM, EIND_DATUM, GESTELD_DATUM, INGANGS_DATUM, OGDB_STATUS, TOEWIJZINGS_TIJD
from schemas.specs import Field, Rule

END_NOT_BEFORE_START = Rule(
    "eind_voor_begin",
    EIND_DATUM.name,
    "de einddatum ligt niet voor de ingangsdatum (iWmo TR018)",
    (EIND_DATUM.col >= INGANGS_DATUM.col).fill_null(True),
)

NOT_STARTED_WITHOUT_START = Rule(
    "start_past_niet",
    INGANGS_DATUM.name,
    "wie niet is gestart heeft geen startdatum, en wie is gestart wel",
    (OGDB_STATUS.col == "niet_gestart") == INGANGS_DATUM.col.is_null(),
)
REACHED_NOT_BEFORE_SET = Rule(
    "bereikt_voor_gesteld",
    BEREIKT_DATUM.name,
    "een doel is niet bereikt voordat het is gesteld",
    (BEREIKT_DATUM.col >= GESTELD_DATUM.col).fill_null(True),
)

TIME_OF_DAY = Rule(
    "onleesbaar",
    TOEWIJZINGS_TIJD.name,
    "de inhoud is leesbaar als tijd uu:mm:ss",
    TOEWIJZINGS_TIJD.col.str.contains("^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$").fill_null(True),
)


def between(field: Field, low: int, high: int) -> Rule:
    """A number that lies in a closed range; an empty value is judged by the column, not here."""
    return Rule(
        "buiten_bereik",
        field.name,
        f"{field.meaning.lower()} ligt tussen {low} en {high}",
        pl.col(field.name).is_between(low, high).fill_null(True),
    )
