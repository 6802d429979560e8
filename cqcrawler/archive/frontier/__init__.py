"""The pages known, what became of them, and what to fetch next."""
