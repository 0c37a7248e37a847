"""What a help desk does: use cases and pure rules. Knows nothing of Qt."""
