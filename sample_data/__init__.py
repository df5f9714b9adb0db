"""Synthetic deliveries of residents who do not exist, calibrated to the published report."""
