"""Judgement whether a release was allowed.

Over evidence, and written against outcomes, not against the enforcing code.
"""
