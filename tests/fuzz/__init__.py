"""Bytes of any kind against what reads bytes, and what must hold of the answers."""
