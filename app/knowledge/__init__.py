"""What the desk knows: articles, their versions, and what they were good for."""
