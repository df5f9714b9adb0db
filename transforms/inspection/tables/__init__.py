"""Tables as they are given: text, units, statistics, and words of columns."""
