"""The columns of comparisons, described for the data package."""

from typing import Any

from schemas.names import BELOW, HIGH, LOW, PUBLISHED, STATUS, VALUE
from transforms.comparison.change import AFTER, BEFORE, CHANGE, CHANGE_HIGH, CHANGE_LOW, Outcome
from transforms.comparison.side import GEMEENTE, GEMEENTE_CODE, SHARE, X
from transforms.package.datapackage import status_field
from transforms.released.statuses import STATUSES

Json = dict[str, Any]

_OUTCOMES = {
    Outcome.MORE: "aantoonbaar meer inwoners",
    Outcome.FEWER: "aantoonbaar minder inwoners",
    Outcome.EQUAL: "precies evenveel inwoners",
    Outcome.UNPROVEN: "geen aantoonbare verandering: nul ligt binnen de grenzen",
    Outcome.HIDDEN: "niet op beide peildata gepubliceerd",
}


def _count(moment: str, title: str) -> tuple[Json, Json]:
    value = {
        "name": f"{VALUE}_{moment}",
        "type": "integer",
        "title": f"Aantal inwoners op de {title} peildatum",
        "description": "Leeg als het niet is gepubliceerd, nooit 0 in plaats daarvan.",
        "constraints": {"minimum": 0},
    }
    return value, status_field(f"{STATUS}_{moment}", f"Status van het aantal op de {title} peildatum")


def _difference(name: str, title: str, description: str) -> Json:
    """Describe a column with the difference of two counts.

    Its statistic is `other`, so that `inspect` knows that the column counts nobody.
    """
    return {"name": name, "type": "integer", "title": title, "description": description, "statistic": "other"}


_EMPTY = "leeg als niets haar begrenst"

CHANGE_FIELDS: tuple[Json, ...] = (
    *_count(BEFORE, "eerste"),
    *_count(AFTER, "tweede"),
    _difference(
        CHANGE,
        "Verschil van de gepubliceerde aantallen",
        "Tweede min eerste; leeg als een van beide geen gepubliceerd getal is. Zegt alleen iets waar "
        f"{STATUS} dat zegt: van afgeronde aantallen kan een verschil afronding zijn.",
    ),
    _difference(
        CHANGE_LOW, "Kleinste verandering", f"Wat iedereen kan uitrekenen: laagste tweede min hoogste eerste; {_EMPTY}."
    ),
    _difference(
        CHANGE_HIGH,
        "Grootste verandering",
        f"Wat iedereen kan uitrekenen: hoogste tweede min laagste eerste; {_EMPTY}.",
    ),
    {
        "name": STATUS,
        "type": "string",
        "title": "Wat over de verandering is aan te tonen",
        "description": "Volgt uit de kleinste en de grootste verandering, en niet uit het verschil.",
        "categories": [{"value": outcome.value, "label": text} for outcome, text in _OUTCOMES.items()],
        "constraints": {"required": True, "enum": [outcome.value for outcome in _OUTCOMES]},
    },
)

_STATUSES = {PUBLISHED: STATUSES[PUBLISHED], BELOW: STATUSES[BELOW], X: "deze gemeente toont dit aantal niet"}

SIDE_FIELDS: tuple[Json, ...] = (
    {"name": GEMEENTE_CODE, "type": "string", "title": "Gemeentecode", "description": "Code van het CBS."},
    {"name": GEMEENTE, "type": "string", "title": "Gemeente"},
    {
        "name": VALUE,
        "type": "integer",
        "title": "Aantal inwoners",
        "description": "Zoals de gemeente het zelf publiceert; anders leeg, nooit 0 in plaats daarvan.",
        "constraints": {"minimum": 0},
    },
    {
        "name": STATUS,
        "type": "string",
        "title": "Status van de waarde",
        "categories": [{"value": letter, "label": text} for letter, text in _STATUSES.items()],
        "constraints": {"required": True, "enum": list(_STATUSES)},
    },
    *(
        {"name": name, "type": "integer", "title": title, "description": "Zoals in de uitgifte van de gemeente."}
        for name, title in ((LOW, "Ten minste zoveel inwoners"), (HIGH, "Ten hoogste zoveel inwoners"))
    ),
    {
        "name": SHARE,
        "type": "number",
        "title": "Aandeel van het totaal van de gemeente zelf",
        "description": "Procenten, met een decimale punt; van afgeronde aantallen hele procenten, en dus ongeveer.",
        "unit": "procent",
        "statistic": "percentage",
    },
)
