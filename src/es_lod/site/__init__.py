"""Publishing: the site of a dataset, as files for any static host."""
