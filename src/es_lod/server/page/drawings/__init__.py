"""Pictures of results that no page of the site has, in the manner of `site/drawings`."""
