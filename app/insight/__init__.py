"""What the numbers say: metrics over case events, each with its case numbers (see docs/manual/supervisor.md)."""
