"""The release as a catalogue record: DCAT-AP-NL 3.0 (Geonovum), JSON-LD.

The properties that the profile requires of a dataset are title, description, access rights, one
contact point, creator, one identifier, publisher and theme; of a distribution access URL and
licence. What the municipality has not told is a node labelled 'te bevestigen': the record is
complete in form, and says itself what is open.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from transforms.released import statuses
from transforms.released.content import ReleaseContent

Json = dict[str, Any]

MEDIA_TYPES = {
    "csv": "text/csv",
    "html": "text/html",
    "jsonld": "application/ld+json",
    "md": "text/markdown",
    "parquet": "application/vnd.apache.parquet",
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
"""By file name extension: IANA's registry."""

_EU = "http://publications.europa.eu/resource/authority"
_FILE_TYPES = {"csv": "CSV", "parquet": "PARQUET", "xlsx": "XLSX"}
"""What is a distribution of the data, by extension: codes of the EU file type list."""

_CONTEXT: Json = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def dcat_jsonld(content: ReleaseContent, files: Mapping[str, bytes], name: str) -> bytes:
    """Return the catalogue record: sorted keys, two spaces, LF at the end.

    Args:
        files: Content by file name; those with data in them become distributions.
        name: Name of the data package, which is also the identifier of the record.
    """
    record = {"@context": _CONTEXT, **_dataset(content, files, name)}
    return (json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _dataset(content: ReleaseContent, files: Mapping[str, bytes], name: str) -> Json:
    municipality = _municipality(content)
    keywords = ("Participatiewet", "WMO", "bestandsanalyse", content.profile.gemeente)
    return {
        "@id": f"#{name}",
        "@type": "dcat:Dataset",
        "dct:title": _dutch(content.stamped_title),
        "dct:description": _dutch(description(content)),
        "dct:identifier": name,
        "dct:publisher": municipality,
        "dct:creator": municipality,
        "dcat:contactPoint": {"@type": "vcard:Kind", "vcard:fn": statuses.TO_CONFIRM},
        "dcat:theme": {"@id": f"{_EU}/data-theme/SOCI"},
        # The careful one, until the municipality decides.
        "dct:accessRights": {"@id": f"{_EU}/access-right/RESTRICTED"},
        "dct:rights": {"@type": "dct:RightsStatement", "rdfs:label": _dutch(f"Toegang {statuses.TO_CONFIRM}.")},
        "dct:language": {"@id": f"{_EU}/language/NLD"},
        "dct:spatial": {"@type": "dct:Location", "rdfs:label": _dutch(f"Gemeente {content.profile.gemeente}")},
        "dct:temporal": _day(content),
        "dcat:keyword": [_dutch(keyword) for keyword in keywords],
        "dcat:distribution": [_distribution(path, data) for path, data in files.items() if _extension(path)],
    }


_SUMS = "Wat voor hen is betaald in de twaalf maanden tot dan, in euro. "


def description(content: ReleaseContent) -> str:
    """Describe the release in a few sentences; the data package says the same."""
    demo = "DEMO: verzonnen gegevens. " if content.profile.demo else ""
    return (
        f"{demo}Aantallen inwoners onder de Participatiewet en de WMO op {content.peildatum_text}. "
        f"{_SUMS if content.sums else ''}"
        "Een onderdrukte waarde is leeg en heeft status Q. "
        "De licentie voor hergebruik is nog te bevestigen door de gemeente."
    )


def _municipality(content: ReleaseContent) -> Json:
    return {
        "@id": f"https://identifier.overheid.nl/tooi/id/gemeente/gm{content.profile.gemeente_code}",
        "@type": "foaf:Agent",
        "foaf:name": _dutch(f"Gemeente {content.profile.gemeente}"),
    }


def _day(content: ReleaseContent) -> Json:
    day = {"@type": "xsd:date", "@value": content.peildatum.isoformat()}
    return {"@type": "dct:PeriodOfTime", "dcat:startDate": day, "dcat:endDate": day}


def _distribution(path: str, data: bytes) -> Json:
    extension = _extension(path)
    return {
        "@type": "dcat:Distribution",
        "dct:title": _dutch(path),
        # Beside the record: nobody told where the municipality will publish it.
        "dcat:accessURL": {"@id": path},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{MEDIA_TYPES[extension]}"},
        "dct:format": {"@id": f"{_EU}/file-type/{_FILE_TYPES[extension]}"},
        "dct:license": {"@type": "dct:LicenseDocument", "rdfs:label": _dutch(f"Licentie {statuses.TO_CONFIRM}.")},
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(len(data))},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": hashlib.sha256(data).hexdigest()},
        },
    }


def _extension(path: str) -> str:
    """Return the extension of a file that holds data; empty for any other file."""
    extension = path.rpartition(".")[2]
    return extension if extension in _FILE_TYPES else ""


def _dutch(text: str) -> Json:
    return {"@language": "nl", "@value": text}
