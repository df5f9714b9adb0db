"""Holders of the wrapping key or of shares of its passphrase."""
