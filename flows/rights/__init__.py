"""Rights of residents: requests, exclusions, and what is removed after its term."""
