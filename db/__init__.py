"""What is remembered and how it is shared: the local replica and the shared log. Knows nothing of help desks' use
cases."""
