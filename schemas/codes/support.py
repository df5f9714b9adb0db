"""Code lists of support under the WMO, as iWmo and the Gemeentelijk Gegevensmodel have them."""

from schemas.codes.code_list import Code, CodeList

PRODUCTCATEGORIEEN = CodeList(
    id="productcategorie",
    codes=(
        Code(code="01", label="Hulp bij het huishouden"),
        Code(code="02", label="Begeleiding"),
        Code(code="03", label="Persoonlijke verzorging"),
        Code(code="04", label="Kortdurend verblijf"),
        Code(code="05", label="Woondiensten"),
        Code(code="06", label="Overige ondersteuning individu of huishouden"),
        Code(code="07", label="Dagbesteding"),
        Code(code="08", label="Vervoerdiensten"),
        Code(code="09", label="Overige groepsgerichte ondersteuning"),
        Code(code="10", label="Overige maatwerkarrangementen"),
        Code(code="11", label="Rolstoelen"),
        Code(code="12", label="Vervoervoorzieningen"),
        Code(code="13", label="Woonvoorzieningen"),
        Code(code="14", label="Overige hulpmiddelen"),
        Code(code="15", label="Beschermd wonen"),
        Code(code="16", label="Opvang"),
        Code(code="17", label="Spoedopvang"),
        Code(code="18", label="Overige beschermd wonen en opvang"),
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
        Code(code="83", label="euro"),
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
