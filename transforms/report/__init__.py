"""The report: one story, as HTML and as PDF."""
