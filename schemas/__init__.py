"""WHAT exists: declarations only. This package imports nothing else of ours."""
