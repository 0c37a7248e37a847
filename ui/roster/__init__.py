"""The page of the roster: who is on when, who belongs where, who knows what, and a day without somebody."""
