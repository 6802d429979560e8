"""Where the title is chosen: the lines that may be it, and the one with the best support."""
