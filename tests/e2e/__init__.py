"""The program as a process: commands in, text and exit codes out."""
