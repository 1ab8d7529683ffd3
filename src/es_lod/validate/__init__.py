"""Checking: across records, by SHACL, and the report."""
