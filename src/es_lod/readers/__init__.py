"""Reading: from files to records, with the places that they come from."""
