"""What everybody knows of counts without seeing a file: by how dimensions are made, and by rules."""
