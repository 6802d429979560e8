"""What the scripts of a page do when a reader clicks: addresses that they open, forms they send."""
