"""The other fields of a notice: its date, place, source and links."""
