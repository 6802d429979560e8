"""Where the text begins and ends."""
