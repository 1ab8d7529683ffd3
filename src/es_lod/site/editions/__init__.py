"""From edition to edition: what changed, what was removed, what stays as it was written."""
