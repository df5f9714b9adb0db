"""The Prefect flow and the steps of its tasks."""
