"""Bytes that leave memory encrypted, and tell nothing by their length."""
