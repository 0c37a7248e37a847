"""The tests, in the same rooms as the program; conftest.py says what makes every test strict."""
