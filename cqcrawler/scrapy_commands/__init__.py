"""Commands of `scrapy` that differ from its own."""
