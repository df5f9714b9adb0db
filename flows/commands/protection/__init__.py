"""`bestandsanalyse protect`: disclosure control for a file of persons of anyone."""
