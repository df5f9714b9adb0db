"""Persons: pseudonyms, links, and what is known of each on the peildatum."""
