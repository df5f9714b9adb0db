"""Closed lists of where somebody stands in the Transitie Arrangement, an LKS-baan or the pilot: own classes.

LKS is loonkostensubsidie (Participatiewet art. 10c and 10d, te bevestigen). The Transitie Arrangement is
what WSD does with it: proefplaatsingen and detacheringen. A baan with another employer is the municipality's own.
"""

from schemas.codes.arrangement import DETACHERINGSVORMEN, EINDREDENEN
from schemas.codes.code_list import ONBEKEND, Code, CodeList

_OWN = "eigen indeling"

STANDEN = CodeList(
    "stand",
    (
        Code("lopend", "met een lopende uitkering of WMO-voorziening"),
        Code("voorbij", "alleen in eerdere jaren, of met een baan zonder uitkering"),
    ),
    f"{_OWN}: lopende uitkering of WMO-voorziening op de peildatum",
)
DIENSTEN = CodeList(
    "dienst",
    (
        Code("wsd", "alleen van WSD"),
        Code("beide", "van WSD en van een ander"),
        Code("overig", "alleen van een ander"),
        Code("geen", "geen ingekochte dienst"),
    ),
    f"{_OWN}: soort aanbieder van voorzieningen die dit kalenderjaar tot en met de peildatum liepen",
)
LKS_SOORTEN = CodeList(
    "lks",
    (
        Code("ta", "in het Transitie Arrangement van WSD"),
        Code("vught", "alleen in een LKS-baan van de gemeente"),
        Code("nee", "geen van beide"),
    ),
    f"{_OWN}: voorzieningen sinds 1 januari van twee jaar voor de peildatum",
)
LKS_STANDEN = CodeList(
    "lks_stand",
    (
        Code("detachering", "WSD: detachering met LKS"),
        Code("proefplaatsing", "WSD: proefplaatsing"),
        Code("vught", "gemeente: LKS-baan"),
        Code("uit", "uitgestroomd"),
    ),
    f"{_OWN}: wat op de peildatum loopt",
)
LKS_BEGIN = CodeList(
    "lks_begin",
    (
        Code("dit_jaar", "begonnen in het jaar van de peildatum"),
        Code("vorig_jaar", "begonnen in het jaar ervoor"),
        Code("anders", "eerder begonnen, of alleen een proefplaatsing"),
    ),
    f"{_OWN}: het begin van de laatste LKS-baan of detachering tot en met de peildatum",
)
TA_BEGIN = CodeList(
    "ta_begin",
    (
        Code("detachering", "had toen een detachering met LKS"),
        Code("proefplaatsing", "had toen een proefplaatsing"),
        Code("nieuw", "kwam daarna"),
    ),
    f"{_OWN}: de stand op 1 januari van twee jaar voor de peildatum",
)
VORMEN = CodeList(
    "detacheringsvorm", (*DETACHERINGSVORMEN.codes, Code(ONBEKEND, "onbekend")), DETACHERINGSVORMEN.source
)
_GEEN = (Code(ONBEKEND, "reden onbekend"), Code("geen", "niet beëindigd, of niet gehad"))
PROEF_UITVAL = CodeList("uitval_proef", (*EINDREDENEN.codes, *_GEEN), EINDREDENEN.source)
BAAN_UITVAL = CodeList("uitval_baan", (*EINDREDENEN.codes, *_GEEN), EINDREDENEN.source)
OGDB_AANMELDING = CodeList("ogdb", (Code("ja", "aangemeld"), Code("nee", "niet aangemeld")), _OWN)
OGDB_STANDEN = CodeList(
    "ogdb_stand",
    (
        Code("niet_gestart", "Niet gestart"),
        Code("lopend", "Lopend"),
        Code("afgerond", "Afgerond, met of zonder verlenging"),
    ),
    "pilot ontwikkelingsgerichte dagbesteding, Vught 2018-2019; verlengd telt als afgerond",
)
