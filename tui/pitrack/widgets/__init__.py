"""What screens share: lists, bars, heat map, key line; they know values and text, never the store."""
