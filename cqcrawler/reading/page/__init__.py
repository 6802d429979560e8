"""Bytes to the lines that a reader sees, and what the head of the page states."""
