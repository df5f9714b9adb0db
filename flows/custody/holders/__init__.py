"""Holders of the wrapping key elsewhere: OpenBao and hardware tokens. Both are extras."""
