"""Controlled rounding, and what an attacker proves about rounded counts."""
