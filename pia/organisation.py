"""Measures outside the code, with owner, evidence and expiry.

After the last day a run refuses.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class OrganisationalMeasure:
    """A measure of people.

    `evidence` names the document that shows it; the officer confirms it per release.

    Attributes:
        owner: A role, never a person.
        valid_until: Last day on which a run may rely on it.
    """

    id: str
    text: str
    risk: str
    owner: str
    evidence: str
    valid_until: date

    def is_expired(self, today: date) -> bool:
        """Return whether the measure must be renewed before a run may rely on it."""
        return today > self.valid_until


_VALID_UNTIL = date(2027, 12, 31)

ORGANISATIONAL_MEASURES: tuple[OrganisationalMeasure, ...] = (
    OrganisationalMeasure(
        "O1", "De functionaris gegevensbescherming adviseerde over deze DPIA (AVG art. 35 lid 2; te bevestigen).",
        "R1", "functionaris gegevensbescherming", "advies FG; te bevestigen bij het dossier", _VALID_UNTIL,
    ),
    OrganisationalMeasure(
        "O2", "Het college heeft de DPIA vastgesteld en het restrisico aanvaard.", "R1",
        "verwerkingsverantwoordelijke", "vaststellingsbesluit; te bevestigen bij het dossier", _VALID_UNTIL,
    ),
    OrganisationalMeasure(
        "O3", "De onderzoeker ontvangt alleen geanonimiseerde uitkomsten en heeft geen toegang tot de werkmap.", "R2",
        "privacyfunctionaris", "autorisatiematrix; te bevestigen bij het dossier", _VALID_UNTIL,
    ),
    OrganisationalMeasure(
        "O4", "Uitkomsten gaan niet terug naar dienstverlening aan een enkele inwoner (AVG art. 89; te bevestigen).",
        "R6", "opdrachtgever bestandsanalyse", "opdrachtbrief; te bevestigen bij het dossier", _VALID_UNTIL,
    ),
    OrganisationalMeasure(
        "O5", "Datasteward, sleutelhouder en privacyfunctionaris zijn verschillende personen, en rollen.toml in de "
        "werkmap noemt ze; zonder dat bestand scheiden alleen de sleutel van de privacyfunctionaris en het wachtwoord "
        "van de sleutelopslag hen.", "R2",
        "privacyfunctionaris", "rollen.toml en autorisatiematrix; te bevestigen bij het dossier", _VALID_UNTIL,
    ),
)  # fmt: skip
