"""The rights of the people in the file, and the register of who is left out of coming runs."""

from enum import StrEnum

import polars as pl

from schemas.names import PERSOON_ID

RECHT, SINDS = "recht", "sinds"
REGISTER = {PERSOON_ID: pl.Binary, RECHT: pl.String, SINDS: pl.Date}
"""Columns of the register: a row per person and right, under the pseudonym of the register's own key."""

LEVERING, RIJEN, QUARANTAINE = "levering", "rijen", "quarantaine"
INDEX = {PERSOON_ID: pl.Binary, LEVERING: pl.String, RIJEN: pl.UInt32, QUARANTAINE: pl.UInt32}
"""Columns of the index of a run: a row per person and delivery, with how many of its rows are about this person."""


class Right(StrEnum):
    """What a resident can ask, as the commands and the letters name it."""

    ACCESS = "inzage"
    RECTIFY = "rectificatie"
    ERASE = "wissing"
    RESTRICT = "beperking"
    OBJECT = "bezwaar"
    LIFT = "opheffing"


ARTICLE = {
    Right.ACCESS: "AVG art. 15",
    Right.RECTIFY: "AVG art. 16",
    Right.ERASE: "AVG art. 17",
    Right.RESTRICT: "AVG art. 18",
    Right.OBJECT: "AVG art. 21",
    Right.LIFT: "AVG art. 18 lid 3",
}
"""Where each stands; what applies to statistics is te bevestigen by the privacy officer."""
