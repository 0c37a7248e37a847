"""The supervisor's place: the board, reports, what the numbers say."""
