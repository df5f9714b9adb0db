"""Synthetic deliveries of invented residents, calibrated to the published report."""
