"""Feeds and sitemaps: the files in which a site names its pages to programs."""
