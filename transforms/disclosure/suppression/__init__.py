"""The choice of what is blank: search, and the door to released tables."""
