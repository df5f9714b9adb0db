"""The DPIA: prose in `dpia.md`, and tables generated from the declarations.

The tables stand between markers.
"""

import re
from collections.abc import Callable

from pia.measures import MEASURES
from pia.organisation import ORGANISATIONAL_MEASURES
from pia.question import askable_register
from pia.register import markdown_table, outputs, processing, register, segment_rules
from pia.risks import RISKS
from schemas.profiles import STANDAARD
from schemas.segments import SEGMENTS
from schemas.sources import SOURCES
from schemas.specs import Method
from schemas.specs.sums import MONEY_CONTRIBUTORS
from schemas.tables import TABLES
from schemas.tables.sums import AMOUNTS, SUMS, sums_of

_MARKED = re.compile(r"(<!-- begin: (?P<name>[a-z]+) -->\n).*?(<!-- eind: (?P=name) -->)", re.DOTALL)


def render(document: str) -> str:
    """Return the document with every generated part up to date; prose stays as it is.

    Raises:
        KeyError: A marker names a part that does not exist.
    """
    return _MARKED.sub(lambda match: f"{match[1]}{_PARTS[match['name']]()}\n{match[3]}", document)


def _risks() -> str:
    rows = ((risk.id, risk.text, risk.kans, risk.impact, risk.level) for risk in RISKS)
    return markdown_table(("Risico", "Omschrijving", "Kans", "Impact", "Niveau zonder maatregelen"), rows)


def _measures() -> str:
    rows = ((m.id, m.text, m.risk, m.basis, f"`{m.enforced_by.__module__}.{m.enforced_by.__name__}`") for m in MEASURES)
    return markdown_table(("Maatregel", "Tekst", "Risico", "Grondslag (te bevestigen)", "Uitgevoerd door"), rows)


def _organisation() -> str:
    rows = ((m.id, m.text, m.risk, m.owner, m.evidence, m.valid_until.isoformat()) for m in ORGANISATIONAL_MEASURES)
    return markdown_table(("Maatregel", "Tekst", "Risico", "Eigenaar", "Bewijs", "Geldig tot en met"), rows)


def _thresholds() -> str:
    return markdown_table(
        ("Drempel", "Waarde"),
        (
            ("kleinste aantal personen dat wordt gepubliceerd", str(STANDAARD.threshold)),
            ("kleinste marge rond een lege cel voor een aanvaller", str(STANDAARD.minimum_width)),
            (
                "aandeel van een groep dat niet in een gevoelige categorie mag blijken te vallen",
                f"{STANDAARD.group_pct} %",
            ),
            (
                "aantal inwoners uit het bestand dat samen aanvalt, elk met al zijn eigen gegevens",
                str(STANDAARD.pooled),
            ),
        ),
    )


def _disclosure() -> str:
    """Return how each table is protected: its disclosure profile, in words."""
    rows = []
    for table in TABLES:
        profile = table.disclosure
        sensitive = ", ".join(dimension.title for dimension in profile.sensitive) or "geen"
        base = str(profile.base) if profile.method == Method.ROUND else "-"
        weight = f"{profile.weight.value}; een totaal {profile.margin_factor} keer zo zwaar"
        rows.append((table.id, profile.method.value, base, weight, sensitive))
    return markdown_table(("Tabel", "Methode", "Veelvoud", "Gewicht van een lege cel", "Gevoelige indeling"), rows)


def _sums() -> str:
    """Return the limits of each amount, and the reason for a lower one."""
    rows = [
        (
            ", ".join(spec.id for spec in sums_of(amount)),
            amount.title,
            str(amount.profile.contributors),
            f"{amount.profile.dominance_pct} %",
            f"{amount.profile.p_pct} %",
            f"{amount.profile.interval_pct} %",
            amount.profile.reason,
        )
        for amount in AMOUNTS
    ]
    headers = ("Tabellen", "Bedrag", "Inwoners met een bedrag, ten minste", "Grootste aandeel", "p-procent",
               "Marge aan beide kanten", f"Waarom minder dan {MONEY_CONTRIBUTORS}")  # fmt: skip
    return markdown_table(headers, rows)


_PARTS: dict[str, Callable[[], str]] = {
    "gegevens": lambda: register(SOURCES),
    "verwerkingen": lambda: processing(SOURCES),
    "segmenten": lambda: segment_rules(SEGMENTS),
    "uitkomsten": lambda: outputs((*TABLES, *(spec.table for spec in SUMS))),
    "bedragen": _sums,
    "verzoeken": askable_register,
    "drempels": _thresholds,
    "beveiliging": _disclosure,
    "risicos": _risks,
    "maatregelen": _measures,
    "organisatie": _organisation,
}
