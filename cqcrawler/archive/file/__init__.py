"""The file itself: opening, schema, copies, and whether it is sound."""
