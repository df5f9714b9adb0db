"""HOW it is computed: pure functions, frames and parameters in, frames out."""
