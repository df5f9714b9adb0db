"""Verified releases beside each other: two days of one municipality, or one day of several.

Made from released values only. Whether two releases may lie beside each other is proven, not assumed.
"""
