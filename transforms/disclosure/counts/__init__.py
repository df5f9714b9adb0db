"""Suppression of counts: rules, search, attack and audit."""
