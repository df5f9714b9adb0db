"""Code lists of support under the WMO, as iWmo and the Gemeentelijk Gegevensmodel have them."""

from schemas.codes.code_list import Code, CodeList
from schemas.text import Text, unchanged

PRODUCTCATEGORIEEN = CodeList(
    id="productcategorie",
    codes=(
        Code(code="01", label=Text(nl="Hulp bij het huishouden", en="Domestic help")),
        Code(code="02", label=Text(nl="Begeleiding", en="Guidance and support")),
        Code(code="03", label=Text(nl="Persoonlijke verzorging", en="Personal care")),
        Code(code="04", label=Text(nl="Kortdurend verblijf", en="Short stay")),
        Code(code="05", label=Text(nl="Woondiensten", en="Housing services")),
        Code(
            code="06",
            label=Text(
                nl="Overige ondersteuning individu of huishouden",
                en="Other support of a person or household",
            ),
        ),
        Code(code="07", label=Text(nl="Dagbesteding", en="Day activities")),
        Code(code="08", label=Text(nl="Vervoerdiensten", en="Transport services")),
        Code(code="09", label=Text(nl="Overige groepsgerichte ondersteuning", en="Other support in groups")),
        Code(code="10", label=Text(nl="Overige maatwerkarrangementen", en="Other tailored arrangements")),
        Code(code="11", label=Text(nl="Rolstoelen", en="Wheelchairs")),
        Code(code="12", label=Text(nl="Vervoervoorzieningen", en="Transport aids")),
        Code(code="13", label=Text(nl="Woonvoorzieningen", en="Housing adaptations")),
        Code(code="14", label=Text(nl="Overige hulpmiddelen", en="Other aids")),
        Code(code="15", label=Text(nl="Beschermd wonen", en="Sheltered housing")),
        Code(code="16", label=Text(nl="Opvang", en="Shelter")),
        Code(code="17", label=Text(nl="Spoedopvang", en="Emergency shelter")),
        Code(
            code="18",
            label=Text(
                nl="Overige beschermd wonen en opvang",
                en="Other sheltered housing and shelter",
            ),
        ),
    ),
    source="iWmo 3.2, codelijst WMO020",
)
EENHEDEN = CodeList(
    id="eenheid",
    codes=(
        Code(code="01", label="minuut"),
        Code(code="04", label="uur"),
        Code(code="14", label="etmaal"),
        Code(code="16", label="dagdeel"),
        Code(code="82", label="stuks (output)"),
        Code(code="83", label=unchanged("euro")),
        Code(code="84", label="stuks (inspanning)"),
    ),
    source="iWmo 3.2, codelijst WJ756",
)
FREQUENTIES = CodeList(
    id="frequentie",
    codes=(
        Code(code="1", label="per dag"),
        Code(code="2", label="per week"),
        Code(code="4", label="per maand"),
        Code(code="6", label="totaal binnen toewijzing"),
    ),
    source="iWmo 3.2, codelijst WMO757",
)
LEVERINGSVORMEN = CodeList(
    id="leveringsvorm",
    codes=(
        Code(code="ZIN", label="zorg in natura"),
        Code(code="PGB", label="persoonsgebonden budget"),
    ),
    source="Gemeentelijk Gegevensmodel 1.9, Beschikte voorziening",
)
