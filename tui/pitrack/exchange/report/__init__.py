"""A month's report: one model of its figures, one document of its words, and what shows that document."""
