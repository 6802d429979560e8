"""SQL of strangers, answered by processes of their own that may take only so much."""
