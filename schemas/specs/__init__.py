"""The shapes of a declaration: of a field, a source, a dimension, a table, a profile."""

from schemas.specs.dimension import LATER, TOTAAL, Dimension, Family, Subtotal
from schemas.specs.disclosure import DisclosureProfile, Method, Weight
from schemas.specs.field import Category, Field, Kind, Treatment
from schemas.specs.profile import Profile
from schemas.specs.source import Column, Rule, SourceSpec
from schemas.specs.table import TableSpec

__all__ = [
    "LATER", "TOTAAL", "Category", "Column", "Dimension", "DisclosureProfile", "Family", "Field", "Kind", "Method",
    "Profile", "Rule", "SourceSpec", "Subtotal", "TableSpec", "Treatment", "Weight",
]  # fmt: skip
