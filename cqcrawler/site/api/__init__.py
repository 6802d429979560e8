"""The API under /api/v1: one table of what there is, and routes and OpenAPI that follow from it."""
