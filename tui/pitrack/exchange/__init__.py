"""What comes into a book and goes out of it: the demo, other tools' formats, reports."""
