"""The rules of the inspection, a module per kind."""
