"""Listing pages: their rows, further pages and totals."""
