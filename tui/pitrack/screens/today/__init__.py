"""Today and the rooms that open from it: catching up, days off, the page of an action."""
