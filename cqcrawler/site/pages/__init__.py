"""The pages of ours: each reads its request, asks the desk, and fills one template."""
