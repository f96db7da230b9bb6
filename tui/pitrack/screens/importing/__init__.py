"""Importing payouts in the app: the file, what its columns mean, and what would come of it."""
