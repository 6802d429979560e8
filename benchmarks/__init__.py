"""Measurements of our reader beside its peers; see README.md. Nothing of the package needs them."""
