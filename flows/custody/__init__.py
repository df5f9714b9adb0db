"""Keys: store, custodians, signatures and roles."""
