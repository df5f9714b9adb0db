"""Columns that our steps make and other steps read; the delivered ones are in `schemas.fields`."""

PERSOON_ID = "persoon_id"
"""Pseudonym of a person, within one purpose, municipality and year."""

LEEFTIJD_LAAGST = "leeftijd_laagst"
LEEFTIJD_HOOGST = "leeftijd_hoogst"
"""Lowest and highest age in years on the peildatum; they differ where the day of birth is unknown."""

PC4 = "pc4"
"""First four digits of a postcode."""

AANBIEDER_NUMMER = "aanbieder_nummer"
"""Number of a provider within one delivery: equal names have equal numbers, and nothing else is told."""

DOSSIER_NUMMER = "dossier_nummer"
"""Number of a benefit file within one delivery: those who receive a benefit together have the same one."""

HUISHOUDEN = "huishouden"
"""Number of a household within one run: of the benefit file, or of the person alone if none was delivered."""

AANTAL = "aantal"
"""True count of persons in a cell; only in Counted."""

VALUE = "value"
"""Published count of persons in a cell; null where it is suppressed."""

WEIGHTED = "weighted"
"""Published count of persons in a cell by their weights in a sample, rounded to whole; null where it is withheld."""

LOW, HIGH = "low", "high"
"""What anyone can compute of the true count of a cell: its lowest and highest possible value."""

STATUS = "status"
PUBLISHED = "A"
BELOW = "N"
SUPPRESSED = "Q"
"""Status of a cell: SDMX code list CL_OBS_STATUS 2.2. A is a normal value (rounded, if the table is),
N not significant: rounded and below the threshold, Q was suppressed."""

WMO_CENT, TRAJECT_CENT = "wmo_cent", "kosten_cent"
"""What was claimed for a person in a kostensoort, and what his trajectories cost, in eurocent."""

LEVERANCIER = "leverancier"
"""Who was paid: a provider, or a kind of support that one supplier may deliver."""
