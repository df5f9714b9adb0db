"""The release described as a Frictionless Data Package, version 2 (https://datapackage.org)."""

import hashlib
import json
from collections.abc import Mapping, Set
from typing import Any

from schemas.magnitude import GEMIDDELDE
from schemas.names import BELOW, HIGH, LOW, PUBLISHED, STATUS, SUPPRESSED, VALUE
from schemas.specs import Dimension, TableSpec
from transforms.present.content import ReleaseContent, stem
from transforms.present.tables import INWONERS, label_column

Json = dict[str, Any]

_PROFILES = "https://datapackage.org/profiles/2.0"
_MEDIA_TYPES = {"csv": "text/csv", "html": "text/html", "svg": "image/svg+xml"}
_TITLES = {
    "html": "Rapport",
    "svg": "Grafiek van de participatieladder",
    "scenarios": "Grafiek van de financieringsscenario's",
}


def datapackage(content: ReleaseContent, files: Mapping[str, bytes]) -> bytes:
    """The descriptor of the files: sorted keys, two spaces, LF at the end.

    Args:
        files: Content by file name, as `release_files` gives them, without the descriptor.
    """
    sums = {table.spec for table in content.sums}
    tables = (*(table.spec for table in content.released), *(table.spec for table in content.sums))
    specs = {content.file_name(f"{stem(spec)}.csv"): spec for spec in tables}
    package: Json = {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": _name(content),
        "title": f"DEMO: {content.title}" if content.profile.demo else content.title,
        "description": _description(content),
        "language": "nl",
        "peildatum": content.peildatum.isoformat(),
        "gemeente": content.profile.gemeente,
        "gemeente_code": content.profile.gemeente_code,
        "demo": content.profile.demo,
        "resources": [_resource(name, data, specs.get(name), sums) for name, data in files.items()],
    }
    return (json.dumps(package, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _name(content: ReleaseContent) -> str:
    name = f"bestandsanalyse-{content.profile.gemeente_code}-{content.peildatum.isoformat()}"
    return f"demo-{name}" if content.profile.demo else name


def _description(content: ReleaseContent) -> str:
    demo = "DEMO: verzonnen gegevens. " if content.profile.demo else ""
    return (
        f"{demo}Aantallen inwoners onder de Participatiewet en de WMO op {content.peildatum_text}. "
        "Een onderdrukte waarde is leeg en heeft status Q. "
        "De licentie voor hergebruik is nog te bevestigen door de gemeente."
    )


def _resource(name: str, data: bytes, spec: TableSpec | None, sums: Set[TableSpec]) -> Json:
    base, _, extension = name.rpartition(".")
    resource: Json = {
        # The standard wants lower case in names; the path keeps the file name as it is.
        "name": base.lower(),
        "path": name,
        "title": spec.title if spec else _TITLES.get(base.removeprefix("DEMO_"), _TITLES[extension]),
        "format": extension,
        "mediatype": _MEDIA_TYPES[extension],
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
    }
    return resource if spec is None else resource | _table(spec, _SUM_FIELDS if spec in sums else _COUNT_FIELDS)


def _table(spec: TableSpec, measures: tuple[Json, ...]) -> Json:
    axes = [field for dimension in spec.dimensions for field in _axis(dimension)]
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "type": "table",
        "description": " ".join((spec.question, *_population(spec), *spec.caveats)),
        "schema": {
            "$schema": f"{_PROFILES}/tableschema.json",
            "fields": [*axes, *measures],
            "missingValues": [""],
            "primaryKey": [dimension.name for dimension in spec.dimensions],
        },
    }


def _population(spec: TableSpec) -> tuple[str, ...]:
    return tuple(f"Alleen {dimension.title}: {dimension.label(level)}." for dimension, level in spec.population)


def _axis(dimension: Dimension) -> tuple[Json, Json]:
    """The code column, with every level and its label, and the label column."""
    code = {
        "name": dimension.name,
        "type": "string",
        "title": f"{dimension.title} (code)",
        "description": f"{_overlap(dimension)}Bron: {dimension.codes.source}.",
        "categories": [{"value": level, "label": dimension.label(level)} for level in dimension.levels],
        "constraints": {"required": True, "enum": list(dimension.levels)},
    }
    label = {
        "name": label_column(dimension),
        "type": "string",
        "title": dimension.title,
        "description": f"Omschrijving van de code in {dimension.name}.",
        "constraints": {"required": True},
    }
    return code, label


def _overlap(dimension: Dimension) -> str:
    return "Een inwoner kan in meer dan een categorie tellen. " if dimension.multiple else ""


_VALUE: Json = {
    "name": VALUE,
    "type": "integer",
    "title": "Aantal inwoners",
    "description": "Aantal inwoners op de peildatum; leeg als het onderdrukt is, nooit 0 in plaats daarvan.",
    "constraints": {"minimum": 0},
}
_STATUS: Json = {
    "name": STATUS,
    "type": "string",
    "title": "Status van de waarde",
    "description": "Letters van SDMX CL_OBS_STATUS.",
    "categories": [
        {"value": PUBLISHED, "label": "gepubliceerd"},
        {"value": BELOW, "label": "afgerond, en kleiner dan wat wordt getoond"},
        {"value": SUPPRESSED, "label": "onderdrukt om inwoners te beschermen"},
    ],
    "constraints": {"required": True, "enum": [PUBLISHED, BELOW, SUPPRESSED]},
}
_INTERVAL: tuple[Json, ...] = tuple(
    {
        "name": name,
        "type": "integer",
        "title": title,
        "description": "Wat iedereen uit de tabellen kan afleiden; bij een gepubliceerd aantal het aantal zelf.",
        "constraints": {"required": True, "minimum": 0},
    }
    for name, title in ((LOW, "Ten minste zoveel inwoners"), (HIGH, "Ten hoogste zoveel inwoners"))
)
_COUNT_FIELDS = (_VALUE, _STATUS, *_INTERVAL)


def _euro(name: str, title: str, description: str, statistic: str = "sum") -> Json:
    """A column with an amount, as `inspect` and a reader without our code understand it."""
    return {
        "name": name,
        "type": "number",
        "title": title,
        "description": description,
        "unit": "euro",
        "statistic": statistic,
        "denominator": INWONERS,
        "constraints": {"minimum": 0},
    }


_SUM_FIELDS: tuple[Json, ...] = (
    _euro(
        VALUE,
        "Bedrag",
        "Som in euro, met een decimale punt; leeg als het bedrag onderdrukt is, nooit 0 in plaats daarvan.",
    ),
    _STATUS,
    _euro(LOW, "Ten minste dit bedrag", "Wat iedereen uit de tabellen kan afleiden.", "other"),
    _euro(
        HIGH,
        "Ten hoogste dit bedrag",
        "Wat iedereen uit de tabellen kan afleiden; leeg als niets het begrenst.",
        "other",
    ),
    _euro(
        GEMIDDELDE,
        "Gemiddelde per inwoner met een bedrag",
        "Gepubliceerde som gedeeld door gepubliceerd aantal.",
        "mean",
    ),
    {**_VALUE, "name": INWONERS, "title": "Inwoners met een bedrag", "unit": "personen", "statistic": "count"},
)
