"""Closed lists of where somebody stands in the Transitie Arrangement, an LKS-baan or the pilot: own classes.

LKS is loonkostensubsidie (Participatiewet art. 10c and 10d, te bevestigen). The Transitie Arrangement is
what WSD does with it: proefplaatsingen and detacheringen. A baan with another employer is the municipality's own.
"""

from schemas.codes.arrangement import DETACHERINGSVORMEN, EINDREDENEN
from schemas.codes.code_list import ONBEKEND, Code, CodeList

_OWN = "eigen indeling"

STANDEN = CodeList(
    id="stand",
    codes=(
        Code(code="lopend", label="met een lopende uitkering of WMO-voorziening"),
        Code(code="voorbij", label="alleen in eerdere jaren, of met een baan zonder uitkering"),
    ),
    source=f"{_OWN}: lopende uitkering of WMO-voorziening op de peildatum",
)
DIENSTEN = CodeList(
    id="dienst",
    codes=(
        Code(code="wsd", label="alleen van WSD"),
        Code(code="beide", label="van WSD en van een ander"),
        Code(code="overig", label="alleen van een ander"),
        Code(code="geen", label="geen ingekochte dienst"),
    ),
    source=f"{_OWN}: soort aanbieder van voorzieningen die dit kalenderjaar tot en met de peildatum liepen",
)
LKS_SOORTEN = CodeList(
    id="lks",
    codes=(
        Code(code="ta", label="in het Transitie Arrangement van WSD"),
        Code(code="vught", label="alleen in een LKS-baan van de gemeente"),
        Code(code="nee", label="geen van beide"),
    ),
    source=f"{_OWN}: voorzieningen sinds 1 januari van twee jaar voor de peildatum",
)
LKS_STANDEN = CodeList(
    id="lks_stand",
    codes=(
        Code(code="detachering", label="WSD: detachering met LKS"),
        Code(code="proefplaatsing", label="WSD: proefplaatsing"),
        Code(code="vught", label="gemeente: LKS-baan"),
        Code(code="uit", label="uitgestroomd"),
    ),
    source=f"{_OWN}: wat op de peildatum loopt",
)
LKS_BEGIN = CodeList(
    id="lks_begin",
    codes=(
        Code(code="dit_jaar", label="begonnen in het jaar van de peildatum"),
        Code(code="vorig_jaar", label="begonnen in het jaar ervoor"),
        Code(code="anders", label="eerder begonnen, of alleen een proefplaatsing"),
    ),
    source=f"{_OWN}: het begin van de laatste LKS-baan of detachering tot en met de peildatum",
)
TA_BEGIN = CodeList(
    id="ta_begin",
    codes=(
        Code(code="detachering", label="had toen een detachering met LKS"),
        Code(code="proefplaatsing", label="had toen een proefplaatsing"),
        Code(code="nieuw", label="kwam daarna"),
    ),
    source=f"{_OWN}: de stand op 1 januari van twee jaar voor de peildatum",
)
VORMEN = CodeList(
    id="detacheringsvorm",
    codes=(*DETACHERINGSVORMEN.codes, Code(code=ONBEKEND, label="onbekend")),
    source=DETACHERINGSVORMEN.source,
)
_GEEN = (Code(code=ONBEKEND, label="reden onbekend"), Code(code="geen", label="niet beëindigd, of niet gehad"))
PROEF_UITVAL = CodeList(id="uitval_proef", codes=(*EINDREDENEN.codes, *_GEEN), source=EINDREDENEN.source)
BAAN_UITVAL = CodeList(id="uitval_baan", codes=(*EINDREDENEN.codes, *_GEEN), source=EINDREDENEN.source)
OGDB_AANMELDING = CodeList(
    id="ogdb", codes=(Code(code="ja", label="aangemeld"), Code(code="nee", label="niet aangemeld")), source=_OWN
)
OGDB_STANDEN = CodeList(
    id="ogdb_stand",
    codes=(
        Code(code="niet_gestart", label="Niet gestart"),
        Code(code="lopend", label="Lopend"),
        Code(code="afgerond", label="Afgerond, met of zonder verlenging"),
    ),
    source="pilot ontwikkelingsgerichte dagbesteding, Vught 2018-2019; verlengd telt als afgerond",
)
