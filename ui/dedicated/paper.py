"""The department sheet: seen, printed, saved."""
