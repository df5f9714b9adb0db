"""The schedule: server, worker and deployments on loopback."""
