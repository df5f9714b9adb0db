"""The linear system of tables that belong together, and the solver."""
