"""The files that people and programs take away: dumps, documents, tables, calendar, map."""
