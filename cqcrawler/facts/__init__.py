"""What a notice states: numbers, when it happened, industries, names, the stage; with its words."""
