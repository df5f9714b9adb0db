"""Words, numbers and dates in a language of the report."""
