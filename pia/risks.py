"""Point 16 of the DPIA: risks and their level.

By the matrix of the Model DPIA Rijksdienst.
"""

from dataclasses import dataclass
from typing import Literal

Size = Literal["laag", "midden", "hoog"]

_MATRIX: dict[tuple[Size, Size], Size] = {
    ("hoog", "laag"): "laag",
    ("hoog", "midden"): "hoog",
    ("hoog", "hoog"): "hoog",
    ("midden", "laag"): "laag",
    ("midden", "midden"): "midden",
    ("midden", "hoog"): "hoog",
    ("laag", "laag"): "laag",
    ("laag", "midden"): "laag",
    ("laag", "hoog"): "laag",
}


@dataclass(frozen=True)
class Risk:
    """A risk for the residents in the file.

    `impact` and `kans` are those before any measure.
    """

    id: str
    text: str
    kans: Size
    impact: Size

    @property
    def level(self) -> Size:
        """Risk level by impact and kans (matrix in MinBZK's par-dpia-form)."""
        return _MATRIX[self.impact, self.kans]


RISKS: tuple[Risk, ...] = (
    Risk("R1", "Een inwoner is in een gepubliceerde tabel te herkennen, of uit tabellen samen af te leiden.",
         kans="hoog", impact="hoog"),
    Risk("R2", "Een pseudoniem wordt teruggebracht tot een BSN, of met een ander bestand gekoppeld.",
         kans="midden", impact="hoog"),
    Risk("R3", "Er worden meer gegevens verwerkt dan de vraag nodig maakt.", kans="hoog", impact="midden"),
    Risk("R4", "Persoonsgegevens komen terecht in logs, meldingen of tussenbestanden.", kans="hoog", impact="hoog"),
    Risk("R5", "Onjuiste of verkeerde leveringen leiden tot verkeerde beelden van groepen inwoners.",
         kans="midden", impact="midden"),
    Risk("R6", "Uitkomsten worden gebruikt voor beslissingen over een enkele inwoner.", kans="laag", impact="hoog"),
)  # fmt: skip
