"""Pure views of a snapshot and a day, ready for a screen or a command to show."""
