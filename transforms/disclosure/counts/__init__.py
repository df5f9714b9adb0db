"""Suppressed counts: rules, attackers, attack and audit."""
