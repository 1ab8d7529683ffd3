"""Records as tables: which tables and columns there are, and what stands in their cells."""
