"""Files of a supplier made into deliveries, by a declaration and without code."""
