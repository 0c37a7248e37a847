"""Tests of the set-up, the locks and the strictness of the tests themselves."""
