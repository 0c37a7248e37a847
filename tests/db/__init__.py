"""Tests of models, capture, replica and the shared log."""
