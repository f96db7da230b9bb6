"""The five merits, measured from records."""
