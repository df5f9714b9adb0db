"""Files of persons of anyone: columns, code lists and tables."""
