"""The files of a release: bytes by name. Nothing is written here."""
