"""Spelling: which words of a text are looked at, which are wrong, what was meant, what the team lets stand."""
