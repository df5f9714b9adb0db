"""The release described as a Frictionless Data Package, version 2 (https://datapackage.org)."""

import hashlib
import json
from collections.abc import Mapping, Set
from typing import Any

from schemas.names import HIGH, LOW, STATUS, VALUE
from schemas.specs import Dimension, TableSpec
from schemas.specs.sums import GEMIDDELDE
from schemas.tables.counted import caveats_of
from transforms.package.dcat import MEDIA_TYPES, description
from transforms.package.tables import INWONERS, label_column
from transforms.released import statuses
from transforms.released.content import ReleaseContent, stem

Json = dict[str, Any]

PROFILES = "https://datapackage.org/profiles/2.0"
_BINARY = ("parquet", "pdf", "xlsx", "zip")
_TITLES = {
    "rapport_nl.html": "Rapport",
    "rapport_nl.pdf": "Rapport om af te drukken",
    "report_en.html": "Rapport in het Engels",
    "report_en.pdf": "Rapport in het Engels om af te drukken",
    "tabellen.xlsx": "Alle tabellen in een werkmap, met toelichting",
    "codeboek.md": "Codeboek",
    "methode.md": "Methode",
    "kwaliteitsverklaring.md": "Kwaliteitsverklaring",
    "dcat.jsonld": "Catalogusbeschrijving volgens DCAT-AP-NL 3.0",
    "dummy.zip": "Tabellen met verzonnen getallen, om scripts mee te maken",
}


def datapackage(content: ReleaseContent, files: Mapping[str, bytes]) -> bytes:
    """Return the descriptor of the files: sorted keys, two spaces, LF at the end.

    Args:
        files: Content by file name, as `release_files` gives them, without the descriptor.
    """
    sums = {table.spec for table in content.sums}
    specs = {content.file_name(stem(spec)): spec for spec in content.specs}
    package: Json = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": package_name(content),
        "title": f"DEMO: {content.title}" if content.profile.demo else content.title,
        "description": description(content),
        "language": "nl",
        "peildatum": content.peildatum.isoformat(),
        "gemeente": content.profile.gemeente,
        "gemeente_code": content.profile.gemeente_code,
        "demo": content.profile.demo,
        "resources": [_resource(name, data, specs, sums) for name, data in files.items()],
    }
    return (json.dumps(package, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def package_name(content: ReleaseContent) -> str:
    """Return the name of the release in the form of the standards: lower case, no spaces."""
    suffix = f"-verzoek-{content.profile.question_id}" if content.profile.question_id else ""
    name = f"bestandsanalyse-{content.profile.gemeente_code}-{content.peildatum.isoformat()}{suffix}"
    return f"demo-{name}" if content.profile.demo else name


def _resource(name: str, data: bytes, specs: Mapping[str, TableSpec], sums: Set[TableSpec]) -> Json:
    base, _, extension = name.rpartition(".")
    spec = specs.get(base)
    resource: Json = {
        # The standard wants lower case and unique names; the path keeps the file name as it is.
        "name": base.lower() if extension == "csv" else name.lower(),
        "path": name,
        "title": _title(spec, extension) if spec else _TITLES[name.removeprefix("DEMO_")],
        "format": extension,
        "mediatype": MEDIA_TYPES[extension],
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
    }
    # The tools of Frictionless take a binary file for a table unless they are told, and want libraries for it.
    resource |= {"type": "file"} if extension in _BINARY else {"encoding": "utf-8"}
    if extension == "xlsx":
        resource["sheets"] = {spec.id: _sheet(spec) for spec in specs.values()}
    if spec is None or extension != "csv":
        return resource
    return resource | _table(spec, _SUM_FIELDS if spec in sums else _COUNT_FIELDS)


def _title(spec: TableSpec, extension: str) -> str:
    return f"Grafiek: {spec.title}" if extension == "svg" else spec.title


def _sheet(spec: TableSpec) -> Json:
    """Describe a sheet of the workbook.

    This is no property of the standard, which knows one table per file.
    """
    axes = [
        {"name": dimension.title, "type": "string", "sensitive": dimension in spec.disclosure.sensitive}
        for dimension in spec.dimensions
    ]
    return {"title": spec.title, "description": spec.question, "schema": {"fields": axes}}


def _table(spec: TableSpec, measures: tuple[Json, ...]) -> Json:
    axes = [field for dimension in spec.dimensions for field in axis(dimension, spec)]
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "type": "table",
        "description": about_table(spec),
        "schema": {
            "$schema": f"{PROFILES}/tableschema.json",
            "fields": [*axes, *measures],
            "missingValues": [""],
            "primaryKey": [dimension.name for dimension in spec.dimensions],
        },
    }


def about_table(spec: TableSpec) -> str:
    """Return the question of a table, its population and its caveats as one text."""
    population = (f"Alleen {dimension.title}: {dimension.label(level)}." for dimension, level in spec.population)
    return " ".join((spec.question, *population, *caveats_of(spec)))


def axis(dimension: Dimension, spec: TableSpec) -> tuple[Json, Json]:
    """Describe the code column, with every level and its label, and the label column."""
    code = {
        "name": dimension.name,
        "type": "string",
        "title": f"{dimension.title} (code)",
        "description": f"{_overlap(dimension)}Bron: {dimension.codes.source}.",
        "categories": [{"value": level, "label": dimension.label(level)} for level in dimension.levels],
        "constraints": {"required": True, "enum": list(dimension.levels)},
        # What disclosure control was told: may a whole group be known to be in one category?
        "sensitive": dimension in spec.disclosure.sensitive,
    }
    label = {
        "name": label_column(dimension),
        "type": "string",
        "title": dimension.title,
        "description": f"Omschrijving van de code in {dimension.name}.",
        "constraints": {"required": True},
        "sensitive": code["sensitive"],
    }
    return code, label


def _overlap(dimension: Dimension) -> str:
    return "Een inwoner kan in meer dan een categorie tellen. " if dimension.multiple else ""


_VALUE: Json = {
    "name": VALUE,
    "type": "integer",
    "title": "Aantal inwoners",
    "description": "Wie is geteld, staat bij de tabel. Leeg als het aantal onderdrukt is, nooit 0 in plaats daarvan.",
    "constraints": {"minimum": 0},
}


def status_field(name: str, title: str) -> Json:
    """Describe a column of letters that give the status of a value."""
    return {
        "name": name,
        "type": "string",
        "title": title,
        "description": f"Letters van {statuses.SOURCE}.",
        "categories": [{"value": letter, "label": meaning} for letter, meaning in statuses.STATUSES.items()],
        "constraints": {"required": True, "enum": list(statuses.STATUSES)},
    }


_STATUS = status_field(STATUS, "Status van de waarde")
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
    """Describe a column of amounts so that `inspect` and readers without our code understand it."""
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
