"""Bytes and a URL to fields: pure functions without clock, network or framework."""
