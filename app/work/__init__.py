"""Case work: the pure rules and the use cases that people touch all day."""
