"""pitrack: daily actions and income streams in the terminal."""

__version__ = "0.1.0"
