"""Strings to values: no HTML, no I/O beyond the bundled resources."""
