"""The data in the words of schema.org, for search engines."""
