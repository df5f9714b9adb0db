"""Keys: the store, who holds its wrapping key, signatures, and roles."""
