"""Rights of residents: requests, exclusions and retention."""
