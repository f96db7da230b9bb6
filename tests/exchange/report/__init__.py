"""Reports of a month."""
