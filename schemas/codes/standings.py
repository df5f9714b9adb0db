"""Closed lists of where somebody stands in the Transitie Arrangement, an LKS-baan or the pilot: own classes.

LKS is loonkostensubsidie (Participatiewet art. 10c and 10d, te bevestigen). The Transitie Arrangement is
what WSD does with it: proefplaatsingen and detacheringen. A baan with another employer is the municipality's own.
"""

from schemas.codes.arrangement import DETACHERINGSVORMEN, EINDREDENEN
from schemas.codes.code_list import ONBEKEND, Code, CodeList
from schemas.text import Text

_OWN = "eigen indeling"

STANDEN = CodeList(
    id="stand",
    codes=(
        Code(
            code="lopend",
            label=Text(
                nl="met een lopende uitkering of WMO-voorziening",
                en="with a running benefit or WMO provision",
            ),
        ),
        Code(
            code="voorbij",
            label=Text(
                nl="alleen in eerdere jaren, of met een baan zonder uitkering",
                en="only in earlier years, or with a job without benefit",
            ),
        ),
    ),
    source=f"{_OWN}: lopende uitkering of WMO-voorziening op de peildatum",
)
DIENSTEN = CodeList(
    id="dienst",
    codes=(
        Code(code="wsd", label=Text(nl="alleen van WSD", en="from WSD only")),
        Code(code="beide", label=Text(nl="van WSD en van een ander", en="from WSD and from another")),
        Code(code="overig", label=Text(nl="alleen van een ander", en="from another only")),
        Code(code="geen", label=Text(nl="geen ingekochte dienst", en="no purchased service")),
    ),
    source=f"{_OWN}: soort aanbieder van voorzieningen die dit kalenderjaar tot en met de peildatum liepen",
)
LKS_SOORTEN = CodeList(
    id="lks",
    codes=(
        Code(
            code="ta",
            label=Text(
                nl="in het Transitie Arrangement van WSD",
                en="in the Transitie Arrangement of WSD",
            ),
        ),
        Code(
            code="vught",
            label=Text(
                nl="alleen in een LKS-baan van de gemeente",
                en="only in an LKS job of the municipality",
            ),
        ),
        Code(code="nee", label=Text(nl="geen van beide", en="neither")),
    ),
    source=f"{_OWN}: voorzieningen sinds 1 januari van twee jaar voor de peildatum",
)
LKS_STANDEN = CodeList(
    id="lks_stand",
    codes=(
        Code(code="detachering", label=Text(nl="WSD: detachering met LKS", en="WSD: secondment with LKS")),
        Code(code="proefplaatsing", label=Text(nl="WSD: proefplaatsing", en="WSD: trial placement")),
        Code(code="vught", label=Text(nl="gemeente: LKS-baan", en="municipality: LKS job")),
        Code(code="uit", label=Text(nl="uitgestroomd", en="left")),
    ),
    source=f"{_OWN}: wat op de peildatum loopt",
)
LKS_BEGIN = CodeList(
    id="lks_begin",
    codes=(
        Code(
            code="dit_jaar",
            label=Text(
                nl="begonnen in het jaar van de peildatum",
                en="started in the year of the reference date",
            ),
        ),
        Code(code="vorig_jaar", label=Text(nl="begonnen in het jaar ervoor", en="started in the year before")),
        Code(
            code="anders",
            label=Text(
                nl="eerder begonnen, of alleen een proefplaatsing",
                en="started earlier, or a trial placement only",
            ),
        ),
    ),
    source=f"{_OWN}: het begin van de laatste LKS-baan of detachering tot en met de peildatum",
)
TA_BEGIN = CodeList(
    id="ta_begin",
    codes=(
        Code(
            code="detachering", label=Text(nl="had toen een detachering met LKS", en="was then on secondment with LKS")
        ),
        Code(code="proefplaatsing", label=Text(nl="had toen een proefplaatsing", en="was then in a trial placement")),
        Code(code="nieuw", label=Text(nl="kwam daarna", en="joined later")),
    ),
    source=f"{_OWN}: de stand op 1 januari van twee jaar voor de peildatum",
)
VORMEN = CodeList(
    id="detacheringsvorm",
    codes=(*DETACHERINGSVORMEN.codes, Code(code=ONBEKEND, label=Text(nl="onbekend", en="unknown"))),
    source=DETACHERINGSVORMEN.source,
)
_GEEN = (
    Code(code=ONBEKEND, label=Text(nl="reden onbekend", en="reason unknown")),
    Code(code="geen", label=Text(nl="niet beëindigd, of niet gehad", en="not ended, or never had")),
)
PROEF_UITVAL = CodeList(id="uitval_proef", codes=(*EINDREDENEN.codes, *_GEEN), source=EINDREDENEN.source)
BAAN_UITVAL = CodeList(id="uitval_baan", codes=(*EINDREDENEN.codes, *_GEEN), source=EINDREDENEN.source)
OGDB_AANMELDING = CodeList(
    id="ogdb",
    codes=(
        Code(code="ja", label=Text(nl="aangemeld", en="registered")),
        Code(code="nee", label=Text(nl="niet aangemeld", en="not registered")),
    ),
    source=_OWN,
)
OGDB_STANDEN = CodeList(
    id="ogdb_stand",
    codes=(
        Code(code="niet_gestart", label=Text(nl="Niet gestart", en="Not started")),
        Code(code="lopend", label=Text(nl="Lopend", en="Running")),
        Code(
            code="afgerond",
            label=Text(
                nl="Afgerond, met of zonder verlenging",
                en="Finished, with or without extension",
            ),
        ),
    ),
    source="pilot ontwikkelingsgerichte dagbesteding, Vught 2018-2019; verlengd telt als afgerond",
)
