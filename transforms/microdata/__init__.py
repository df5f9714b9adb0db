"""Files of persons of anyone: columns, code lists and the tables that are asked of them."""
