"""Pictures of the data as SVG, which say nothing that the text beside them does not."""
