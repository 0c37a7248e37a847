"""Ratios to floors measured in the same run."""
