"""WHEN and WHERE: the only place with Prefect, files, clock, environment, keys, logs and the command line."""
