"""What is stored of notices: their versions, readings, and how to cite them."""
