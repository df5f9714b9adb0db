"""Commands: one module each, thin; what they do stands in the rooms below."""
