"""Tests of the use cases and the pure rules."""
