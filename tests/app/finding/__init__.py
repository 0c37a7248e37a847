"""What somebody types into a search."""
