"""Charts of released values, as SVG."""
