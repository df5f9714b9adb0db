"""Builders: deliveries, files of persons and releases by hand."""
