"""The sample deliveries as the tests read them: on which day, and under which key."""

from datetime import date

from transforms.persons.pseudonymise import PseudonymKey

PEILDATUM = date(2019, 7, 1)
KEY = PseudonymKey("bestandsanalyse/0865/2019", "p0865y2019_", bytes(range(32)))
