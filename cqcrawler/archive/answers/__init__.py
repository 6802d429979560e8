"""What an analyst asks first: sums of money with their rows, counts, and undertakings."""
