"""Released values as text: cells, statuses and grids."""
