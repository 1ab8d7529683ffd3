"""RDF from records, and records from RDF."""
