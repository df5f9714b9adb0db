"""The Prefect flow, and what each of its tasks does."""
