"""Understanding what somebody types into a search: words, numbers in every form, typing errors, parts of compounds."""
