"""Texts that the lines do not show, and notices without any text."""
