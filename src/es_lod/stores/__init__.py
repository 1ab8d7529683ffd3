"""Stores that queries are asked of: inputs are loaded into one, and it is kept."""
