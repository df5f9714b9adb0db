"""WHETHER it was allowed: judgement over evidence, written against outcomes, not against the enforcing code."""
