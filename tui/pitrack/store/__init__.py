"""The book: one TinyDB JSON file, its stamps, merge and change log."""
