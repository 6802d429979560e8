"""Full-text search: the index, queries, and the filters that others share."""
