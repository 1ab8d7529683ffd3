"""The server: a published site with content negotiation, SPARQL and reconciliation."""
