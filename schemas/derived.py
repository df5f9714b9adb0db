"""Columns that the analysis makes of persons' rows; beside the delivered ones there are no others."""

from schemas.names import HUISHOUDEN, LEVERANCIER, PC4, TRAJECT_CENT, WMO_CENT
from schemas.tables import TABLES

DERIVED = frozenset(
    {
        *(dimension.name for table in TABLES for dimension in table.dimensions),
        *(dimension.name for table in TABLES for dimension, _ in table.population),
        # Per person: in which law, since when, where, and what the classes are made of.
        *("in_pwet", "in_wmo", "eerste_datum", PC4, HUISHOUDEN, "lks", "ogdb"),
        *("trede_eerder", "voorzieningen", "productcategorieen", "indicatie_eindigt"),
        *("zrm_werk_opleiding", "zrm_tijdsbesteding", "zrm_sociaal_netwerk", "zrm_maatschappelijke_participatie"),
        # Per person and class of costs.
        *(WMO_CENT, TRAJECT_CENT, LEVERANCIER),
    }
)
"""Names that a step on pseudonymised rows may add; `schemas.states` refuses any other."""
